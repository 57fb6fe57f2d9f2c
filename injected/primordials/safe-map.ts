// Page's own world (MAIN): a Map and a WeakMap that are the same whatever a page does to their prototypes. A Map's
// iterators are not: use `forEach`.
import { bare, defineProperty, getOwnPropertyDescriptor } from './natives.ts'

export class SafeMap<K, V> extends Map<K, V> {}
export class SafeWeakMap<K extends object, V> extends WeakMap<K, V> {}

const own = (prototype: object, native: object): void => {
  for (const key of Reflect.ownKeys(native)) {
    const descriptor = getOwnPropertyDescriptor(native, key)
    if (descriptor && key !== 'constructor') defineProperty(prototype, key, descriptor)
  }
  bare(prototype)
}
own(SafeMap.prototype, Map.prototype)
own(SafeWeakMap.prototype, WeakMap.prototype)
