// Page's own world (MAIN): a Map that is the same whatever a page does to Map.prototype. Its iterators are not:
// use `forEach`, and `firstKey`.
import { apply, bare, defineProperty, getOwnPropertyDescriptor } from './natives.ts'

export class OwnMap<K, V> extends Map<K, V> {
  /** The key that was set first. */
  firstKey(): K | undefined {
    return (apply(next, this.keys(), []) as IteratorResult<K, undefined>).value
  }
}

const { next } = Object.getPrototypeOf(new Map().keys()) as Iterator<unknown>
for (const key of Reflect.ownKeys(Map.prototype)) {
  const descriptor = getOwnPropertyDescriptor(Map.prototype, key)
  if (descriptor && key !== 'constructor') defineProperty(OwnMap.prototype, key, descriptor)
}
bare(OwnMap.prototype)
