// Page's own world (MAIN): what is done to arrays, by nothing that a page may have put on Array.prototype.
import { bare, defineProperty } from './natives.ts'

/** One for all: making a descriptor that has no prototype costs more than defining the element. */
const element: PropertyDescriptor = bare({ value: undefined, writable: true, enumerable: true, configurable: true })

/** Unlike `push` and an assignment, defines the element: no setter of a page's is called. */
export function append<T>(array: T[], value: T): void {
  element.value = value
  defineProperty(array, array.length, element)
  element.value = undefined
}

/** An index that is not there would be looked for on Array.prototype. */
export function itemAt<T>(array: readonly T[], index: number): T | undefined {
  return index < array.length ? array[index] : undefined
}

export function indexIn<T>(list: readonly T[], item: T): number {
  for (let i = 0; i < list.length; i++) if (list[i] === item) return i
  return -1
}
