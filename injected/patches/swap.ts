// Page's own world (MAIN): replaces a function by another one, and back.
import { bare, defineProperty, getOwnPropertyDescriptor } from '../primordials/natives.ts'

/** The function at `owner[name]`, if it can be replaced: the property is a writable, configurable data property. */
export function replaceable(owner: object, name: string): object | undefined {
  const descriptor = getOwnPropertyDescriptor(owner, name)
  return typeof descriptor?.value === 'function' && descriptor.writable && descriptor.configurable
    ? descriptor.value
    : undefined
}

/** Puts `to` at `owner[key]` if `from` is there. What the page has put there stays. */
export function swap(owner: object, key: string, from: unknown, to: unknown): void {
  const current = getOwnPropertyDescriptor(owner, key)
  if (current?.value === from) defineProperty(owner, key, bare({ ...current, value: to }))
}
