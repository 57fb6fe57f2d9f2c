// The library, in any JavaScript environment: learns how a promise settles, without putting another in its place.

const { getPrototypeOf, hasOwn } = Object
const { apply } = Reflect
const { then: intrinsicThen } = Promise.prototype
/** Of the promises that the engine makes: another than `Promise.prototype` where zone.js has replaced `Promise`. */
const enginePrototype: unknown = getPrototypeOf((async () => {})())

/**
 * Calls one of the two functions once `value` settles. Returns false, having called nothing of `value`, unless it is
 * a genuine promise, of whatever realm or subclass. Other thenables are not waited for: it is by calling `then` that a
 * query builder or a lazy promise is told to start.
 *
 * The platform offers no way to watch a promise without handling it, so one that is rejected is no longer reported as
 * unhandled: https://tc39.es/ecma262/#sec-performpromisethen sets [[PromiseIsHandled]].
 */
export function whenSettled(value: unknown, onFulfilled: () => void, onRejected: (error: unknown) => void): boolean {
  try {
    const then = thenOf(value)
    // Throws for what only looks like a promise, before it touches anything of it.
    if (then) apply(then, value, [onFulfilled, onRejected])
    return then !== undefined
  } catch {
    return false
  }
}

/** The `then` that belongs to promises themselves; none for a subclass or an object with a `then` of its own. */
function thenOf(value: unknown): typeof intrinsicThen | undefined {
  if (typeof value !== 'object') return undefined
  for (let owner = value; owner !== null; owner = getPrototypeOf(owner)) {
    if (!hasOwn(owner, 'then')) continue
    // As it is now: a page may have wrapped it.
    if (owner === Promise.prototype || owner === enginePrototype) return (owner as Promise<unknown>).then
    // Of another realm, perhaps. There, too, `Promise.prototype` inherits from `Object.prototype` alone.
    return getPrototypeOf(getPrototypeOf(owner)) === null ? intrinsicThen : undefined
  }
  return undefined
}
