// Page's own world (MAIN): wraps a native constructor so that the page can't tell, not even by `instance.constructor`.

import { construct } from '../primordials/natives.ts'
import { disguise } from './disguise.ts'
import { replaceable, swap } from './swap.ts'

type Constructor = new (...args: unknown[]) => object

/**
 * Patches the global `name`. `onCreated` is called with each instance after the native constructor has made it. Returns the
 * undo: it puts the native constructor back if ours is still there; else ours only forwards from then on.
 */
export function patchConstructor(name: string, onCreated: (instance: object) => void): () => void {
  const native = replaceable(window, name) as Constructor | undefined
  if (!native) return () => {}
  let active = true
  const patched = disguise(native, {
    construct(target, args, newTarget) {
      const instance: object = construct(target, args, newTarget)
      if (active) {
        try {
          onCreated(instance)
        } catch {
          // Whatever goes wrong in our code, the page gets its instance.
        }
      }
      return instance
    },
  })
  swap(window, name, native, patched)
  swap(native.prototype, 'constructor', native, patched)
  return () => {
    active = false
    swap(window, name, patched, native)
    swap(native.prototype, 'constructor', patched, native)
  }
}
