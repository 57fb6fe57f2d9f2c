// Panel: what keys do to the selection in a list. Touches no DOM.

/**
 * The position to select: null for none, undefined if the key means nothing here.
 * @param current the selected position, null if there is none
 */
export function moveSelection(
  { key, altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>,
  current: number | null,
  count: number,
  page: number,
): number | null | undefined {
  if (altKey || ctrlKey || metaKey) return undefined
  if (key === 'Escape') return current === null ? undefined : null
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[key]
  if (step === undefined || count === 0) return undefined
  // From nothing, the list is entered at its end that the key comes from; Home and End say where to.
  const from = current ?? (step > 0 && key !== 'End' ? -1 : key === 'Home' ? 0 : count)
  return Math.min(Math.max(from + step, 0), count - 1)
}
