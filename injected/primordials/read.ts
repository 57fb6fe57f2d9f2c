// Page's own world (MAIN): reads values that a page hands over without running its code, except for a Proxy's traps: a Proxy
// looks like an ordinary object.
import { getOwnPropertyDescriptor, hasOwn } from './natives.ts'

/** The value of a native getter; undefined if the object is not of its type. */
export function read(get: (self: unknown) => unknown, from: unknown): unknown {
  try {
    return get(from)
  } catch {
    return undefined
  }
}

/** An own data property; undefined for an accessor. */
export function ownData(bag: unknown, key: string): unknown {
  if (typeof bag !== 'object' || bag === null) return undefined
  const descriptor = getOwnPropertyDescriptor(bag, key)
  return descriptor && hasOwn(descriptor, 'value') ? descriptor.value : undefined
}
