// The library, in any JavaScript environment: makes a wrapper pass for the method that it wraps.
import type { Method } from './method-kind.ts'

/** Own properties of old-style functions that a method does not have. */
const NOT_OF_METHODS: PropertyKey[] = ['prototype', 'arguments', 'caller']

/** The part of https://rbuckton.github.io/reflect-metadata that is used: on `Reflect` where the app has loaded it. */
interface ReflectMetadata {
  getOwnMetadataKeys?(target: object): unknown[]
  getOwnMetadata(key: unknown, target: object): unknown
  defineMetadata(key: unknown, value: unknown, target: object): void
}

/**
 * Gives `wrapper` all that other code may look for on `method`. Frameworks keep a method's routes, guards and marks
 * in its own properties or in metadata of the function itself, and ask whatever function they find in its place.
 */
export function imitate(wrapper: Method, method: Method): Method {
  Object.setPrototypeOf(wrapper, Object.getPrototypeOf(method))
  for (const key of Reflect.ownKeys(method)) {
    const property = Object.getOwnPropertyDescriptor(method, key)
    if (property && !NOT_OF_METHODS.includes(key)) Object.defineProperty(wrapper, key, property)
  }
  const metadata = Reflect as unknown as ReflectMetadata
  for (const key of metadata.getOwnMetadataKeys?.(method) ?? []) {
    metadata.defineMetadata(key, metadata.getOwnMetadata(key, method), wrapper)
  }
  return wrapper
}
