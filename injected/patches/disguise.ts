// Page's own world (MAIN): a Proxy around a native function. It keeps the function's name, its length, and whether it is a
// constructor; its `toString()` gives the native function's text. Sentry asks for that text: Function.prototype.toString
// prints a Proxy without a name, and a `fetch` without a name is no native one to it.
import { apply, bare, functionToString, hasOwn, reflectGet } from '../primordials/natives.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'

const natives = new SafeWeakMap<object, object>()
/** What `toString` is replaced by, of each function that is found there, and of what replaces it: itself. */
const texts = new SafeWeakMap<object, object>()

/** `handler` gets a `get` trap as well, and loses its prototype: a page's Object.prototype could add traps. */
export function disguise<T extends object>(native: T, handler: ProxyHandler<T>): T {
  handler.get = (target, key, receiver) => {
    // V8 gives these two of a sloppy function, such as WebSocket is to it, to the function itself alone.
    const asked = key === 'caller' || key === 'arguments' ? target : receiver
    const value: unknown = reflectGet(target, key, asked)
    // One of its own may be frozen, and then has to be given as it is (ECMA-262 §10.5.8).
    return key === 'toString' && typeof value === 'function' && !hasOwn(target, key) ? textOf(value) : value
  }
  const disguised = new Proxy(native, bare(handler))
  natives.set(disguised, native)
  return disguised
}

/**
 * The same function, be it the platform's own or, in a page with an error monitor, one that is wrapped around it; but where
 * it gives what the platform prints of a disguise, this gives what the platform prints of the native function.
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
