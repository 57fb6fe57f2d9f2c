// Test (Node): an object with a `then`, which is no promise.

type Then<T> = (resolve: (value: T) => void, reject: (error: unknown) => void) => void

/** Typed as a promise, for it goes wherever one goes. */
export function thenable<T>(then: Then<T>): Promise<T> {
  return Object.defineProperty({}, 'then', { value: then }) as Promise<T>
}
