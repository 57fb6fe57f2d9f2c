// Any world: takes from an untrusted object the fields that are known, if they are of their type, and within bounds.
import { truncate } from '../../wire/truncate.ts'

/**
 * What a field has to be: a number is finite, `json` is JSON data, a text that is longer than `maxLength` is truncated, and
 * `oneOf` lists the texts that it can be.
 */
export type Field =
  | 'number'
  | 'boolean'
  | 'json'
  | { readonly maxLength: number }
  | { readonly oneOf: readonly string[] }
  | { readonly fields: Shape }

export interface Shape {
  readonly [field: string]: Field
}

/** Levels of nesting, values, and characters of a text or key of JSON data: twice what the monitor copies, or more. */
export const MAX_JSON_DEPTH = 14
export const MAX_JSON_VALUES = 2_000
export const MAX_JSON_TEXT = 5_000
/** Characters of all its texts and keys: a little more than the monitor copies. */
export const MAX_JSON_CHARACTERS = 2_500_000
/** Stands for JSON data that is larger. */
const TOO_LARGE = '[too large]'

/** The known fields; undefined unless it is an object and each of them is absent or of its type. */
export function shaped(value: unknown, shape: Shape): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(shape)) {
    // A missing field must not be looked up on the prototype.
    const given: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
    if (given === undefined) continue
    const kept = keptOf(given, field)
    if (kept === undefined) return undefined
    found[name] = kept
  }
  return found
}

function keptOf(given: unknown, field: Field): unknown {
  if (field === 'number') return Number.isFinite(given) ? given : undefined
  if (field === 'boolean') return typeof given === 'boolean' ? given : undefined
  if (field === 'json') return jsonOf(given)
  if ('fields' in field) return shaped(given, field.fields)
  if (typeof given !== 'string') return undefined
  if ('oneOf' in field) return field.oneOf.includes(given) ? given : undefined
  return truncate(given, field.maxLength)
}

/** Undefined for what JSON can't write, or would write as something else; absent properties aside. */
function jsonOf(given: unknown): unknown {
  let values = 0
  let characters = 0
  let tooLarge = false
  const isText = (text: string): boolean => {
    characters += text.length
    tooLarge ||= text.length > MAX_JSON_TEXT || characters > MAX_JSON_CHARACTERS
    return true
  }
  const isJson = (value: unknown, depth: number): boolean => {
    // Looks no further: what is too large is not kept.
    if (tooLarge || ++values > MAX_JSON_VALUES) {
      tooLarge = true
      return true
    }
    if (typeof value === 'string') return isText(value)
    if (value === null || value === undefined || typeof value === 'boolean') return true
    if (typeof value === 'number') return Number.isFinite(value)
    if (typeof value !== 'object' || depth >= MAX_JSON_DEPTH) return false
    if (Array.isArray(value)) {
      // An array of holes has a length, and costs nobody who sends it anything.
      tooLarge ||= value.length > MAX_JSON_VALUES
      return tooLarge || value.every(item => isJson(item, depth + 1))
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return false
    return Object.entries(value).every(([key, item]) => isText(key) && isJson(item, depth + 1))
  }
  if (!isJson(given, 0)) return undefined
  return tooLarge ? TOO_LARGE : given
}
