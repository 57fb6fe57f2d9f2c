// Page's own world (MAIN): the patch of fetch. A Proxy on the native function, so that name, length and
// descriptor stay; it forwards the arguments untouched, returns the native promise and attaches nothing to it.
import { now } from '../monitor/clock.ts'
import { apply, defineProperty, functionToString, getOwnPropertyDescriptor, reflectGet } from './natives.ts'
import { type RequestCall, readFetchCall } from './request-call.ts'

/**
 * Patches `window.fetch`. `onCall` gets every call, after the native function has run.
 * Returns the undo: the native function comes back if ours is still on top, else ours only forwards.
 */
export function patchFetch(nextId: () => number, onCall: (call: RequestCall) => void): () => void {
  const descriptor = getOwnPropertyDescriptor(window, 'fetch')
  const native: unknown = descriptor?.value
  if (typeof native !== 'function' || !descriptor?.writable || !descriptor.configurable) return () => {}
  let active = true
  // Sentry takes a fetch for native only if its `toString` shows a name, which a Proxy's does not.
  const toString = functionToString.bind(native)
  const patched = new Proxy(native, {
    // @ts-expect-error: no prototype, so that a page's Object.prototype can't add a trap
    __proto__: null,
    apply(target, self, args: unknown[]): unknown {
      if (!active) return apply(target as typeof fetch, self, args)
      const start = now()
      const promise: unknown = apply(target as typeof fetch, self, args)
      const called = now()
      try {
        onCall(readFetchCall(nextId(), args[0], args[1], start, called))
      } catch {
        // Whatever goes wrong in us, the page gets its promise.
      }
      return promise
    },
    get: (target, key, receiver) => (key === 'toString' ? toString : reflectGet(target, key, receiver)),
  })
  defineProperty(window, 'fetch', { ...descriptor, value: patched })
  return () => {
    active = false
    const current = getOwnPropertyDescriptor(window, 'fetch')
    if (current?.value === patched) defineProperty(window, 'fetch', { ...current, value: native })
  }
}
