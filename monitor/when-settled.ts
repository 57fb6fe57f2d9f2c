// The library, in any JavaScript environment: finds out how a promise settles, without replacing it.

const { getPrototypeOf, hasOwn } = Object
const { apply } = Reflect
const { then: intrinsicThen } = Promise.prototype
/** The prototype of promises that the engine creates. It differs from `Promise.prototype` where zone.js is loaded. */
const enginePrototype: unknown = getPrototypeOf((async () => {})())

/**
 * Calls one of the two functions when `value` settles, if it is a genuine promise, of any realm or subclass. Otherwise
 * returns false and calls no method of `value`: calling `then` would start a query builder or a lazy promise.
 *
 * No platform can watch a promise without handling it (https://tc39.es/ecma262/#sec-performpromisethen sets
 * [[PromiseIsHandled]]). So if nobody else handles a rejection, it is not reported as unhandled.
 */
export function whenSettled(value: unknown, onFulfilled: () => void, onRejected: (error: unknown) => void): boolean {
  try {
    const then = thenOf(value)
    // Throws for anything that only looks like a promise, before it reads any property.
    if (then) apply(then, value, [onFulfilled, onRejected])
    return then !== undefined
  } catch {
    return false
  }
}

/** The `then` of promises themselves. Undefined for subclasses and objects that define their own. */
function thenOf(value: unknown): typeof intrinsicThen | undefined {
  if (typeof value !== 'object') return undefined
  for (let owner = value; owner !== null; owner = getPrototypeOf(owner)) {
    if (!hasOwn(owner, 'then')) continue
    // Read now: a page may have wrapped it.
    if (owner === Promise.prototype || owner === enginePrototype) return (owner as Promise<unknown>).then
    // A promise of another realm, perhaps: its `Promise.prototype` inherits from an `Object.prototype` too.
    return getPrototypeOf(getPrototypeOf(owner)) === null ? intrinsicThen : undefined
  }
  return undefined
}
