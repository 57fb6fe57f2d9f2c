// Panel: where the focus goes when what has it is taken away: a key pressed then would go nowhere.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { focusList } from './focus-list.ts'

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
