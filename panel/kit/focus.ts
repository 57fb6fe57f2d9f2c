// Panel: from anywhere to what the open tab lists.

/** What lists it is looked for in a moment: when what has just been chosen is drawn. */
export function focusList(): void {
  // Preact draws in a microtask, too, that was asked for before.
  queueMicrotask(() => {
    const list = document.querySelector<HTMLElement>('#view [tabindex="0"]')
    const tab = document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
    ;(list ?? tab)?.focus()
  })
}
