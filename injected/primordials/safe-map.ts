// Page's own world (MAIN): a Map and a WeakMap that work whatever a page does to Map.prototype and WeakMap.prototype. Their
// iterators don't: use `forEach`.
import { bare, defineProperty, getOwnPropertyDescriptor } from './natives.ts'

export class SafeMap<K, V> extends Map<K, V> {}
export class SafeWeakMap<K extends object, V> extends WeakMap<K, V> {}

const copyMembers = (prototype: object, native: object): void => {
  for (const key of Reflect.ownKeys(native)) {
    const descriptor = getOwnPropertyDescriptor(native, key)
    if (descriptor && key !== 'constructor') defineProperty(prototype, key, descriptor)
  }
  bare(prototype)
}
copyMembers(SafeMap.prototype, Map.prototype)
copyMembers(SafeWeakMap.prototype, WeakMap.prototype)
