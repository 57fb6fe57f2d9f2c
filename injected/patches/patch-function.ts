// Page's own world (MAIN): puts a function of ours around a native one so that the page can't tell. A Proxy on
// the native function keeps its name, length, and that it is no constructor; the arguments go through untouched
// in their exact number, and what comes back is what the native function gave, with nothing attached.
import { now } from '../../monitor/clock.ts'
import { apply } from '../primordials/natives.ts'
import { disguise } from './disguise.ts'
import { replaceable, swap } from './swap.ts'

/**
 * Sees a call after the native function has returned or thrown. `start` and `called` are clock readings around
 * it. What the observer throws is swallowed: whatever goes wrong in us, the page gets its result.
 */
export type CallObserver = (
  self: unknown,
  args: readonly unknown[],
  start: number,
  called: number,
  /** What the native function threw; undefined when it returned. */
  thrown: unknown,
  /** What the native function returned; undefined when it threw. */
  result: unknown,
) => void

type Callable = (...args: unknown[]) => unknown

/**
 * Patches `owner[name]`, if it is a writable, configurable data property with a function.
 * Returns the undo: the native function comes back if ours is still on top, else ours only forwards.
 */
export function patchFunction(owner: object, name: string, observe: CallObserver): () => void {
  const native = replaceable(owner, name)
  if (!native) return () => {}
  let active = true
  const patched = disguise(native as Callable, {
    apply(target, self, args) {
      if (!active) return apply(target, self, args)
      const start = now()
      let result: unknown
      let thrown: unknown
      try {
        result = apply(target, self, args)
        return result
      } catch (error) {
        thrown = error
        throw error
      } finally {
        const called = now()
        try {
          observe(self, args, start, called, thrown, result)
        } catch {
          // As said above.
        }
      }
    },
  })
  swap(owner, name, native, patched)
  return () => {
    active = false
    swap(owner, name, patched, native)
  }
}
