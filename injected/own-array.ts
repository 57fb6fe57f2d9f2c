// Page's own world (MAIN): what is done to arrays, by nothing that a page may have put on Array.prototype.
import { bare, defineProperty } from './natives.ts'

/** Unlike `push` and an assignment, defines the element: no setter of a page's is called. */
export function append<T>(array: T[], value: T): void {
  defineProperty(array, array.length, bare({ value, writable: true, enumerable: true, configurable: true }))
}

/** An index that is not there would be looked for on Array.prototype. */
export function itemAt<T>(array: readonly T[], index: number): T | undefined {
  return index < array.length ? array[index] : undefined
}

export function removeAt<T>(array: T[], index: number): void {
  for (let i = index + 1; i < array.length; i++) array[i - 1] = array[i] as T
  array.length--
}

export function indexIn<T>(list: readonly T[], item: T): number {
  for (let i = 0; i < list.length; i++) if (list[i] === item) return i
  return -1
}
