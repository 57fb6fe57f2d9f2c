// Page's own world (MAIN): a Proxy around a native function. A Proxy keeps the function's name, length, and whether it is a
// constructor, but Function.prototype.toString prints no name for it. So its own `toString()` prints the native function's
// text: Sentry takes a `fetch` whose text has no name for one that is patched.
import { apply, bare, functionToString, hasOwn, reflectGet } from '../primordials/natives.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'

const natives = new SafeWeakMap<object, object>()
/** What `toString` is replaced by, of each function that is found there, and of what replaces it: itself. */
const texts = new SafeWeakMap<object, object>()

/** Adds a `get` trap to `handler`, and removes its prototype, as the page's Object.prototype could add traps. */
export function disguise<T extends object>(native: T, handler: ProxyHandler<T>): T {
  handler.get = (target, key, receiver) => {
    // V8 returns these two of a sloppy function (to it WebSocket is one) to the function itself alone.
    const asked = key === 'caller' || key === 'arguments' ? target : receiver
    const value: unknown = reflectGet(target, key, asked)
    // An own property may be frozen, and then has to be returned as it is: https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-get-p-receiver.
    return key === 'toString' && typeof value === 'function' && !hasOwn(target, key) ? textOf(value) : value
  }
  const disguised = new Proxy(native, bare(handler))
  natives.set(disguised, native)
  return disguised
}

/**
 * A function that does the same as `found`: the platform's own toString, or one that an error monitor has wrapped around it.
 * But where `found` returns what the platform prints of a disguise, this returns what it prints of the native function.
 */
function textOf(found: object): object {
  let text = texts.get(found)
  if (!text) {
    text = disguise(found as () => unknown, {
      apply(target, self: object, args) {
        const printed = apply(target, self, args)
        const native = natives.get(self)
        return native && printed === apply(functionToString, self, []) ? apply(functionToString, native, []) : printed
      },
    })
    texts.set(found, text)
    texts.set(text, text)
  }
  return text
}
