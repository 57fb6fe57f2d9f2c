// Panel: moves the focus to the list of the open tab.
import { useLayoutEffect, useRef } from 'preact/hooks'

export function focusList(): void {
  // Preact renders in a microtask. This one was requested later, so the list has been rendered when it runs.
  queueMicrotask(() => {
    const list = document.querySelector<HTMLElement>('#view [tabindex="0"]')
    const tab = document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
    ;(list ?? tab)?.focus()
  })
}

/** Moves the focus to the open tab's title: the next Tab key enters its view. */
export function focusTab(): void {
  queueMicrotask(() => document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus())
}

/** When the element is removed while the focus is in it, the focus goes to the list. Otherwise keys would go nowhere. */
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
