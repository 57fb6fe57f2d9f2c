// Runs in every world and touches none: takes from an untrusted object the fields that are known, if they are of
// their type.

/** What a field has to be: a number is finite, `json` is JSON data within bounds, a list is one of its strings. */
export interface Shape {
  readonly [field: string]: 'string' | 'number' | 'boolean' | 'json' | readonly string[] | Shape
}

/** Levels of nesting: twice what the monitor copies. */
export const MAX_JSON_DEPTH = 14

/** The known fields; undefined unless it is an object and each of them is absent or of its type. */
export function shaped(value: unknown, shape: Shape): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: Record<string, unknown> = {}
  for (const [field, type] of Object.entries(shape)) {
    const given: unknown = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined
    if (given === undefined) continue
    const kept = typeof type === 'object' && !isList(type) ? shaped(given, type) : given
    if (kept === undefined || (kept === given && !isA(given, type))) return undefined
    found[field] = kept
  }
  return found
}

function isA(value: unknown, type: Shape[string]): boolean {
  if (isList(type)) return type.includes(value as string)
  if (type === 'number') return Number.isFinite(value)
  return type === 'json' ? isJson(value, 0) : typeof value === type
}

function isList(type: Shape[string]): type is readonly string[] {
  return Array.isArray(type)
}

/** Whether a value can be written as JSON and is the same when read again, absent properties aside. */
function isJson(value: unknown, depth: number): boolean {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth >= MAX_JSON_DEPTH) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (Array.isArray(value)) return value.every(item => isJson(item, depth + 1))
  if (prototype !== Object.prototype && prototype !== null) return false
  return Object.values(value).every(item => isJson(item, depth + 1))
}
