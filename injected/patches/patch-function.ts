// Page's own world (MAIN): wraps a native function so that the page can't tell. A Proxy keeps the function's name and length,
// and that it is no constructor. The arguments are forwarded untouched in their exact number, and the result is the native
// function's, with nothing attached.
import { now } from '../../monitor/clock.ts'
import { apply } from '../primordials/natives.ts'
import { disguise } from './disguise.ts'
import { replaceable, swap } from './swap.ts'

/**
 * Called after the native function has returned or thrown. `start` and `called` are clock readings from before and after it.
 * What the observer throws is ignored: whatever goes wrong in our code, the page gets its result.
 */
export type CallObserver<Before = unknown> = (
  self: unknown,
  args: readonly unknown[],
  start: number,
  called: number,
  /** What the native function threw; undefined when it returned. */
  thrown: unknown,
  /** What the native function returned; undefined when it threw. */
  result: unknown,
  /** What `before` returned. */
  before: Before | undefined,
) => void

type Callable = (...args: unknown[]) => unknown

/**
 * Puts a Proxy with the `apply` trap of `handler` at `owner[name]`, if there is a function in a writable, configurable data
 * property. Returns the undo: it puts the function back if the Proxy is still there.
 */
export function proxyFunction(owner: object, name: string, handler: ProxyHandler<Callable>): () => void {
  const native = replaceable(owner, name)
  if (!native) return () => {}
  const patched = disguise(native as Callable, handler)
  swap(owner, name, native, patched)
  return () => swap(owner, name, patched, native)
}

/**
 * Patches `owner[name]` as proxyFunction does. After the undo, a function of ours that stays only forwards.
 * @param before is called before the native function, which may run code of the page. What it throws is ignored.
 */
export function patchFunction<Before>(
  owner: object,
  name: string,
  observe: CallObserver<Before>,
  before?: (self: unknown) => Before,
): () => void {
  let active = true
  const restore = proxyFunction(owner, name, {
    apply(target, self, args) {
      if (!active) return apply(target, self, args)
      let known: Before | undefined
      try {
        known = before?.(self)
      } catch {
        // As above.
      }
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
          observe(self, args, start, called, thrown, result, known)
        } catch {
          // See CallObserver.
        }
      }
    },
  })
  return () => {
    active = false
    restore()
  }
}
