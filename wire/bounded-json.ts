// Runs in every world and touches none: is this JSON data of a bearable size? What passes can be cloned, stored
// and written to a file.

/** Values in all: twice what the monitor copies of metadata. */
export const MAX_JSON_VALUES = 1_000
/** Levels of nesting: twice the monitor's. */
export const MAX_JSON_DEPTH = 14
/** Characters of all strings and keys together. */
export const MAX_JSON_LENGTH = 2_000_000

const { getPrototypeOf } = Object

/** True for plain objects, arrays, strings, numbers, booleans, null and absent (undefined) properties, within bounds. */
export function isBoundedJson(value: unknown): boolean {
  let values = 0
  let length = 0

  const isText = (text: string): boolean => {
    length += text.length
    return length <= MAX_JSON_LENGTH
  }

  const check = (item: unknown, depth: number): boolean => {
    if (++values > MAX_JSON_VALUES || depth > MAX_JSON_DEPTH) return false
    if (typeof item === 'string') return isText(item)
    if (typeof item === 'number') return Number.isFinite(item)
    if (typeof item !== 'object') return typeof item === 'boolean' || item === undefined
    if (item === null) return true
    if (Array.isArray(item)) {
      for (const each of item) if (!check(each, depth + 1)) return false
      return true
    }
    const prototype: unknown = getPrototypeOf(item)
    if (prototype !== null && getPrototypeOf(prototype) !== null) return false
    for (const key of Object.keys(item)) {
      if (!isText(key) || !check((item as Record<string, unknown>)[key], depth + 1)) return false
    }
    return true
  }
  return check(value, 0)
}
