// Panel: whether a media query matches, as a signal.
import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'

export function useMediaQuery(query: string): ReadonlySignal<boolean> {
  const matches = useSignal(matchMedia(query).matches)
  useLayoutEffect(() => {
    const list = matchMedia(query)
    const onChange = (): void => {
      matches.value = list.matches
    }
    onChange()
    list.addEventListener('change', onChange)
    return () => list.removeEventListener('change', onChange)
  }, [query, matches])
  return matches
}
