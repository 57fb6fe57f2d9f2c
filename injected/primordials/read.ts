// Page's own world (MAIN): reads values that a page hands over, running none of its code, but for a Proxy's traps:
// nothing tells a Proxy from an object.
import { getOwnPropertyDescriptor, hasOwn } from './natives.ts'

/** The value of a native getter; undefined where the object is not of its type. */
export function read(get: (self: unknown) => unknown, from: unknown): unknown {
  try {
    return get(from)
  } catch {
    return undefined
  }
}

/** An own member, if it is no accessor. */
export function ownData(bag: unknown, key: string): unknown {
  if (typeof bag !== 'object' || bag === null) return undefined
  const descriptor = getOwnPropertyDescriptor(bag, key)
  return descriptor && hasOwn(descriptor, 'value') ? descriptor.value : undefined
}
