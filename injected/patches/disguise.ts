// Page's own world (MAIN): a Proxy around a native function, which keeps its name, length, and whether it is a
// constructor, and whose `toString()` gives the native function's text. Sentry asks for it: a `fetch` whose text
// has no name, which a Proxy's own has not, is no native one to it.
import { apply, bare, functionToString, hasOwn, reflectGet } from '../primordials/natives.ts'
import { OwnWeakMap } from '../primordials/safe-map.ts'

const natives = new OwnWeakMap<object, object>()

/** `handler` gets a `get` trap as well, and loses its prototype: a page's Object.prototype could add traps. */
export function disguise<T extends object>(native: T, handler: ProxyHandler<T>): T {
  handler.get = (target, key, receiver) => {
    // V8 gives these two of a sloppy function, such as WebSocket is to it, to the function itself alone.
    const asked = key === 'caller' || key === 'arguments' ? target : receiver
    const value: unknown = reflectGet(target, key, asked)
    // One of its own may be frozen, and then has to be given as it is (ECMA-262 §10.5.8).
    return value === functionToString && !hasOwn(target, key) ? textOf : value
  }
  const disguised = new Proxy(native, bare(handler))
  natives.set(disguised, native)
  return disguised
}

/** Function.prototype.toString, but that it sees through a disguise. */
const textOf = disguise(functionToString, {
  apply: (target, self: object, args) => apply(target, natives.get(self) ?? self, args),
})
