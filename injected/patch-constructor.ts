// Page's own world (MAIN): puts a function of ours around a native constructor so that the page can't tell, not
// even by `instance.constructor`.
import { construct, defineProperty, functionToString, getOwnPropertyDescriptor, reflectGet } from './natives.ts'

type Constructor = new (...args: unknown[]) => object

/**
 * Patches the global `name`. `onCreated` sees each instance after the native constructor has made it.
 * Returns the undo: the native constructor comes back if ours is still on top, else ours only forwards.
 */
export function patchConstructor(name: string, onCreated: (instance: object) => void): () => void {
  const descriptor = getOwnPropertyDescriptor(window, name)
  const native: unknown = descriptor?.value
  if (typeof native !== 'function' || !descriptor?.writable || !descriptor.configurable) return () => {}
  let active = true
  const nativeToString = functionToString.bind(native)
  const handler: ProxyHandler<Constructor> = {
    construct(target, args, newTarget) {
      const instance: object = construct(target, args, newTarget)
      if (active) {
        try {
          onCreated(instance)
        } catch {
          // Whatever goes wrong in us, the page gets its instance.
        }
      }
      return instance
    },
    get: (target, key, receiver) => (key === 'toString' ? nativeToString : reflectGet(target, key, receiver)),
  }
  Object.setPrototypeOf(handler, null)
  const patched = new Proxy(native as Constructor, handler)
  const swap = (from: unknown, to: unknown): void => {
    for (const [owner, key] of [
      [window, name],
      [native.prototype, 'constructor'],
    ] as const) {
      const current = getOwnPropertyDescriptor(owner, key)
      if (current?.value === from) defineProperty(owner, key, { ...current, value: to })
    }
  }
  swap(native, patched)
  return () => {
    active = false
    swap(patched, native)
  }
}
