// Page's own world (MAIN): a Map that is the same whatever a page does to Map.prototype. Its iterators are not:
// use `forEach` and `nextOf`.
import { apply, bare, defineProperty, getOwnPropertyDescriptor } from './natives.ts'

export class OwnMap<K, V> extends Map<K, V> {
  /** The key that was set first. */
  firstKey(): K | undefined {
    return nextOf(this.keys())
  }
}

/** The next that a Map's iterator gives; undefined at its end. */
export function nextOf<T>(iterator: MapIterator<T>): T | undefined {
  return (apply(next, iterator, []) as IteratorResult<T, undefined>).value
}

const { next } = Object.getPrototypeOf(new Map().keys()) as Iterator<unknown>
for (const key of Reflect.ownKeys(Map.prototype)) {
  const descriptor = getOwnPropertyDescriptor(Map.prototype, key)
  if (descriptor && key !== 'constructor') defineProperty(OwnMap.prototype, key, descriptor)
}
bare(OwnMap.prototype)
