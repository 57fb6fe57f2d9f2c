// Any world: when nobody could see the tab's page, so that nobody waited for anything.
import type { PlacedPageEvent, SessionModel } from '../session/session-model.ts'
import type { Span } from './spans.ts'

/** Spans that do not overlap, by start. A page that becomes visible and was not hidden before was opened in the background. */
export function hiddenTime({ pageEvents, documents, latest }: SessionModel): Span[] {
  const changes = new Map<number, PlacedPageEvent[]>()
  for (const event of pageEvents) {
    if (event.type !== 'visibility') continue
    const known = changes.get(event.document)
    if (known) known.push(event)
    else changes.set(event.document, [event])
  }
  if (changes.size === 0) return []
  const pages = [...documents.all.entries()]
    .filter(([, { frameId }]) => frameId === 0)
    .sort(([, a], [, b]) => a.timeOrigin - b.timeOrigin)
  return pages.flatMap(([number, { timeOrigin }], i) => {
    const left = pages[i + 1]?.[1].timeOrigin ?? latest
    const own = (changes.get(number) ?? []).sort((a, b) => a.start - b.start)
    return spansOf(own, timeOrigin, left)
  })
}

function spansOf(changes: readonly PlacedPageEvent[], opened: number, left: number): Span[] {
  const spans: Span[] = []
  let since = changes[0]?.name === 'visible' ? opened : undefined
  for (const { name, start } of changes) {
    if (name === 'hidden') since ??= start
    else if (since !== undefined) {
      spans.push({ from: since, to: start })
      since = undefined
    }
  }
  if (since !== undefined && since < left) spans.push({ from: since, to: left })
  return spans
}
