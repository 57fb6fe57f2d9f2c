// Page's own world (MAIN): puts one function in the place of another, and back.
import { bare, defineProperty, getOwnPropertyDescriptor } from '../primordials/natives.ts'

/** The function at `owner[name]`, if it may be replaced: of a writable, configurable data property. */
export function replaceable(owner: object, name: string): object | undefined {
  const descriptor = getOwnPropertyDescriptor(owner, name)
  return typeof descriptor?.value === 'function' && descriptor.writable && descriptor.configurable
    ? descriptor.value
    : undefined
}

/** Puts `to` at `owner[key]` if `from` is there: what the page has put on top stays. */
export function swap(owner: object, key: string, from: unknown, to: unknown): void {
  const current = getOwnPropertyDescriptor(owner, key)
  if (current?.value === from) defineProperty(owner, key, bare({ ...current, value: to }))
}
