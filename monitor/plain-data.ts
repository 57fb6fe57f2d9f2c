// The library, in any JavaScript environment: a bounded JSON copy of any value, made without running the
// page's getters. What can't be shown is named in brackets, so nothing is left out silently.

import { truncate } from '../wire/truncate.ts'

/** Levels of nesting that are copied: deep enough for state, shallow enough for a details view. */
export const MAX_DEPTH = 6
/** Values copied in all, so that metadata holding a whole store costs little. */
export const MAX_VALUES = 500
/** Characters kept of a string. */
export const MAX_STRING_LENGTH = 2_000

const { getOwnPropertyDescriptor, getPrototypeOf } = Object

/** The name of an object's class, read from data properties alone. */
export function className(value: object): string {
  const prototype: unknown = getPrototypeOf(value)
  if (prototype === null || typeof prototype !== 'object') return 'Object'
  const owner: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value
  if (typeof owner !== 'function') return 'Object'
  const name: unknown = getOwnPropertyDescriptor(owner, 'name')?.value
  return typeof name === 'string' && name !== '' ? name : 'Object'
}

/** Prototypes that are looked at: a Proxy can give ever more of them. */
const MAX_PROTOTYPES = 50

/** Classes whose instances hold more than their properties show. */
const BUILT_IN = ['Date', 'Error', 'Map', 'Set']

/**
 * The built-in class that an object seems to be of. By its name, as `instanceof` knows only the classes of this realm,
 * and data of an iframe, of Node's `vm` or in Jest is of another.
 */
function builtInClass(object: object): string | undefined {
  let at: object | null = object
  for (let levels = 0; at !== null && levels < MAX_PROTOTYPES; levels++) {
    const name = className(at)
    if (BUILT_IN.includes(name)) return name
    at = getPrototypeOf(at)
  }
  return undefined
}

/** At most MAX_STRING_LENGTH characters, with the number of those left out. */
export function clip(text: string): string {
  const kept = truncate(text, MAX_STRING_LENGTH)
  const rest = text.length - kept.length
  return rest > 0 ? `${kept}… [${rest} more characters]` : kept
}

/** A JSON-safe copy of `value`: never throws, whatever the value does. */
export function toPlainData(value: unknown): unknown {
  let values = 0
  const path: object[] = []

  const entries = (object: object): unknown => {
    const result: Record<string, unknown> = Object.create(null)
    for (const key of keysOf(object)) {
      if (values >= MAX_VALUES) {
        result['…'] = '[more]'
        break
      }
      result[clip(key)] = copy(ownData(object, key))
    }
    return result
  }

  const items = (list: Iterable<unknown>, length: number): unknown[] => {
    const result: unknown[] = []
    for (const item of list) {
      if (values >= MAX_VALUES) {
        result.push(`[${length - result.length} more]`)
        break
      }
      result.push(copy(item))
    }
    return result
  }

  /** Undefined for all but built-in classes; throws for what only has such a class's name. */
  const copyBuiltIn = (object: object): unknown => {
    const name = builtInClass(object)
    if (name === 'Error') return toErrorData(object)
    if (name === 'Date') {
      const time = Date.prototype.getTime.call(object)
      return Number.isNaN(time) ? '[Invalid Date]' : new Date(time).toISOString()
    }
    if (name === 'Map') return { '[Map]': items(Map.prototype.entries.call(object), sizeOf(Map, object)) }
    if (name === 'Set') return { '[Set]': items(Set.prototype.values.call(object), sizeOf(Set, object)) }
    return undefined
  }

  const copyObject = (object: object): unknown => {
    if (Array.isArray(object)) return items(arrayItems(object), object.length)
    if (ArrayBuffer.isView(object)) return `[${className(object)} of ${object.byteLength} bytes]`
    try {
      const shown = copyBuiltIn(object)
      if (shown !== undefined) return shown
    } catch {
      // Of a class of the app's own, by that name.
    }
    const name = className(object)
    return name === 'Object' ? entries(object) : { '[class]': name, ...(entries(object) as object) }
  }

  const copyPrimitive = (item: unknown): unknown => {
    if (typeof item === 'string') return clip(item)
    if (typeof item === 'number') return Number.isFinite(item) ? item : `[${item}]`
    if (typeof item === 'boolean' || item === null) return item
    if (typeof item === 'bigint') return `[${clip(String(item))}n]`
    return typeof item === 'symbol' ? `[${String(item)}]` : `[${typeof item}]`
  }

  const copy = (item: unknown): unknown => {
    values++
    if (typeof item !== 'object' || item === null) return copyPrimitive(item)
    if (path.includes(item)) return '[circular]'
    if (path.length >= MAX_DEPTH) return `[${Array.isArray(item) ? 'Array' : 'Object'}]`
    path.push(item)
    try {
      return copyObject(item)
    } catch {
      return '[unreadable]'
    } finally {
      path.pop()
    }
  }
  return copy(value)
}

/** The enumerable keys; all keys of a Proxy that does not say which are enumerable. */
function keysOf(object: object): string[] {
  try {
    return Object.keys(object)
  } catch {
    return Reflect.ownKeys(object).filter(key => typeof key === 'string')
  }
}

/** The value of a property, unless it has to be computed. */
function ownData(object: object, key: PropertyKey): unknown {
  try {
    const descriptor = getOwnPropertyDescriptor(object, key)
    return descriptor && !('value' in descriptor) ? '[getter]' : descriptor?.value
  } catch {
    return '[unreadable]'
  }
}

/** The true size of a Map or Set, whose class may have a `size` of its own. */
function sizeOf({ prototype }: MapConstructor | SetConstructor, object: object): number {
  return Reflect.get(prototype, 'size', object)
}

/** An array's items by their own data, with holes and getters named. */
function* arrayItems(array: readonly unknown[]): Generator<unknown> {
  for (let i = 0; i < array.length; i++) yield ownData(array, i)
}

/**
 * Name, message and stack of an error, or of whatever else was thrown. `stack` is read here, off the page's
 * path: reading it can run the page's `Error.prepareStackTrace`.
 */
export function toErrorData(thrown: unknown): { name: string; message: string; stack?: string } {
  try {
    if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
      const stack = textOf(thrown, 'stack')
      return {
        name: textOf(thrown, 'name') ?? 'Error',
        message: textOf(thrown, 'message') ?? '[unreadable]',
        ...(stack === undefined ? {} : { stack }),
      }
    }
    return {
      name: 'Error',
      message: clip(typeof thrown === 'object' ? JSON.stringify(toPlainData(thrown)) : String(thrown)),
    }
  } catch {
    return { name: 'Error', message: '[unreadable]' }
  }
}

function textOf(thrown: object, key: 'name' | 'message' | 'stack'): string | undefined {
  try {
    const value: unknown = Reflect.get(thrown, key)
    return value === undefined ? undefined : clip(String(value))
  } catch {
    return undefined
  }
}
