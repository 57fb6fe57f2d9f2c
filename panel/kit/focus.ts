// Panel: from anywhere to what the open tab lists.
import { useLayoutEffect, useRef } from 'preact/hooks'

/** What lists it is looked for in a moment: when what has just been chosen is drawn. */
export function focusList(): void {
  // Preact draws in a microtask, too, that was asked for before.
  queueMicrotask(() => {
    const list = document.querySelector<HTMLElement>('#view [tabindex="0"]')
    const tab = document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
    ;(list ?? tab)?.focus()
  })
}

/** For an element that comes and goes: the list, where one goes on, inherits the focus from it and from what is in it. */
export function useFocusRestore<E extends HTMLElement>() {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    const { current } = element
    return () => {
      if (current?.contains(document.activeElement)) focusList()
    }
  }, [])
  return element
}
