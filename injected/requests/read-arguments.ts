// Page's own world (MAIN): what a call's arguments say of its request, read without running page code. Primitives are
// read as they are; genuine objects of the platform through native getters; of a bag of options only data properties.
// Anything that needs a getter or a `toString` of the page stays unknown until DevTools reports it.
import {
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  requestGetters,
  toObject,
  toPrimitive,
  urlGetters,
  urlStringifiers,
} from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'

/** Stands for a value that can only be read by running page code. */
export const UNREADABLE: unknown = toObject(0)

/** Prototypes that are looked at: a Proxy may return a new one each time. */
const MAX_PROTOTYPES = 8

/** A value as the platform makes a text of it; undefined where it would ask the value. */
export function textOf(value: unknown): string | undefined {
  return toObject(value) === value || typeof value === 'symbol' ? undefined : `${value}`
}

/** The URL that a value stands for, absolute or resolved later; undefined where the platform would ask the value. */
export function readUrl(value: unknown, resolveNow: (url: string) => string): string | undefined {
  let text = textOf(value)
  for (let i = 0; text === undefined && i < urlGetters.length; i++) {
    text = read(urlGetters[i] as (typeof urlGetters)[0], value) as string | undefined
    if (text !== undefined && !isStringifiedBy(urlStringifiers[i], value)) return undefined
  }
  return text === undefined ? undefined : resolveNow(text)
}

/**
 * Whether the platform makes a text of an object by this function: not where the page has given the object another, or its class
 * has one. https://tc39.es/ecma262/#sec-toprimitive
 */
function isStringifiedBy(stringifier: unknown, value: unknown): boolean {
  return memberOf(value, toPrimitive, undefined) === undefined && memberOf(value, 'toString', undefined) === stringifier
}

/**
 * A member of a bag of options, its own or inherited. A genuine Request as the bag is read by the native getter.
 * @param otherwise what holds if the bag does not have the member.
 */
export function memberOf(bag: unknown, key: PropertyKey, otherwise: unknown): unknown {
  let from = toObject(bag) === bag ? (bag as object | null) : null
  try {
    for (let depth = 0; from && depth < MAX_PROTOTYPES; depth++) {
      const descriptor = getOwnPropertyDescriptor(from, key)
      if (descriptor) {
        if (hasOwn(descriptor, 'value')) return descriptor.value === undefined ? otherwise : descriptor.value
        const get = requestGetters[key as keyof typeof requestGetters]
        return descriptor.get === get ? apply(get, bag, []) : UNREADABLE
      }
      from = getPrototypeOf(from)
    }
    return otherwise
  } catch {
    // A trap of a Proxy threw, or an object has Request.prototype as its prototype and is no Request.
    return UNREADABLE
  }
}
