// Panel: a result that is computed in slices, for as long as a component is shown.
import { useEffect, useMemo } from 'preact/hooks'
import type { SlicedResult } from './sliced-result.ts'

/** @param create must be the same function while `inputs` are the same. */
export function useSliced<T>(create: () => SlicedResult<T>, inputs: readonly unknown[]): SlicedResult<T> {
  const sliced = useMemo(create, inputs)
  useEffect(() => sliced.stop, [sliced])
  return sliced
}
