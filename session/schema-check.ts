// Any world: checks a value against a JSON Schema (2020-12), as far as session.schema.json uses it, and reports what is
// wrong and where. The schema is compiled into functions once, so checking a row takes some microseconds.

/** Compiling a schema throws if it has a keyword that is not supported. */
export interface Schema {
  readonly [keyword: string]: unknown
}

/** What is wrong with a value at a path, such as `operations[3].duration must be a number`; undefined if nothing is. */
export type Check = (value: unknown, path: string) => string | undefined

/** Keywords that do not restrict a value. */
const ANNOTATIONS = new Set(['$schema', '$id', '$defs', 'title', 'description'])

/** @param root the schema that `$ref`s point into. */
export function compileSchema(schema: Schema | boolean, root: Schema): Check {
  const compiled = new Map<string, Check>()

  const refer = (ref: string): Check => {
    const known = compiled.get(ref)
    if (known) return known
    let target: unknown = root
    for (const name of ref.split('/').slice(1)) target = (target as Schema)[name]
    // Set before it is compiled, as a schema may refer to itself.
    compiled.set(ref, (value, path) => check(value, path))
    const check = compile(target as Schema)
    compiled.set(ref, check)
    return check
  }

  const compile = (each: Schema | boolean): Check => {
    if (each === true) return () => undefined
    if (each === false) return (_, path) => `${path} is not allowed here`
    const checks: Check[] = []
    for (const [keyword, operand] of Object.entries(each)) {
      if (ANNOTATIONS.has(keyword) || keyword === 'then' || keyword === 'else') continue
      if (keyword === '$ref') checks.push(refer(operand as string))
      else if (keyword === 'properties') checks.push(properties(each))
      else if (keyword === 'additionalProperties') {
        if (!Object.hasOwn(each, 'properties')) checks.push(properties(each))
      } else if (keyword === 'items') checks.push(items(compile(operand as Schema)))
      else if (keyword === 'allOf') checks.push(all((operand as Schema[]).map(compile)))
      else if (keyword === 'if') checks.push(condition(each))
      else checks.push(simple(keyword, operand))
    }
    return all(checks)
  }

  const condition = (each: Schema): Check => {
    const test = compile(each.if as Schema)
    const [then, otherwise] = [each.then, each.else].map(branch => compile((branch as Schema | undefined) ?? true))
    return (value, path) => (test(value, path) === undefined ? then : otherwise)?.(value, path)
  }

  const properties = (each: Schema): Check => {
    const known = new Map(
      Object.entries((each.properties ?? {}) as Schema).map(([name, of]) => [name, compile(of as Schema)]),
    )
    const closed = each.additionalProperties === false
    const others = closed ? undefined : compile((each.additionalProperties as Schema | undefined) ?? true)
    return (value, path) => {
      if (!isObject(value)) return undefined
      for (const name in value) {
        if (!Object.hasOwn(value, name)) continue
        const check = known.get(name) ?? others
        if (!check) return `${path}${dotted(path, name)} is not part of the format`
        const problem = check(value[name], `${path}${dotted(path, name)}`)
        if (problem !== undefined) return problem
      }
      return undefined
    }
  }

  return compile(schema)
}

function all(checks: readonly Check[]): Check {
  if (checks.length === 1) return checks[0] as Check
  return (value, path) => {
    for (const check of checks) {
      const problem = check(value, path)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

function items(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return undefined
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i], `${path}[${i}]`)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

function simple(keyword: string, operand: unknown): Check {
  switch (keyword) {
    case 'type':
      return (value, path) =>
        isOf(operand as string, value) ? undefined : `${path} must be ${NAMES[operand as string]}`
    case 'const':
      return (value, path) => (value === operand ? undefined : `${path} must be ${JSON.stringify(operand)}`)
    case 'enum': {
      const allowed = new Set(operand as unknown[])
      const list = (operand as unknown[]).map(each => JSON.stringify(each)).join(', ')
      return (value, path) => (allowed.has(value) ? undefined : `${path} must be one of ${list}`)
    }
    case 'minimum':
      return numeric(value => value >= (operand as number), `at least ${operand}`)
    case 'exclusiveMinimum':
      return numeric(value => value > (operand as number), `greater than ${operand}`)
    case 'maximum':
      return numeric(value => value <= (operand as number), `at most ${operand}`)
    case 'maxLength':
      return (value, path) =>
        typeof value === 'string' && isLonger(value, operand as number)
          ? `${path} must have at most ${operand} characters`
          : undefined
    case 'maxItems':
      return (value, path) =>
        Array.isArray(value) && value.length > (operand as number)
          ? `${path} must have at most ${operand} items`
          : undefined
    case 'maxProperties':
      return (value, path) =>
        isObject(value) && Object.keys(value).length > (operand as number)
          ? `${path} must have at most ${operand} members`
          : undefined
    case 'minLength':
      return (value, path) =>
        typeof value === 'string' && value.length < (operand as number)
          ? `${path} must have at least ${operand} ${operand === 1 ? 'character' : 'characters'}`
          : undefined
    case 'format':
      if (operand !== 'date-time') throw new Error(`JSON Schema's format ${operand} is not supported`)
      return (value, path) =>
        typeof value === 'string' && Number.isNaN(parseDateTime(value)) ? `${path} must be a date and time` : undefined
    case 'required':
      return (value, path) => {
        if (!isObject(value)) return undefined
        for (const name of operand as string[]) {
          if (!Object.hasOwn(value, name)) return `${path}${dotted(path, name)} is missing`
        }
        return undefined
      }
    default:
      throw new Error(`JSON Schema's ${keyword} is not supported`)
  }
}

function numeric(test: (value: number) => boolean, bound: string): Check {
  return (value, path) => (typeof value === 'number' && !test(value) ? `${path} must be ${bound}` : undefined)
}

const NAMES: Record<string, string> = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'object') return isObject(value)
  if (type === 'array') return Array.isArray(value)
  // JSON.parse returns Infinity for a number that is too large.
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

/** Characters are code points: https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.1. */
function isLonger(text: string, max: number): boolean {
  // A code point takes one or two units of UTF-16.
  if (text.length <= max || text.length > 2 * max) return text.length > max
  let length = 0
  for (const _ of text) if (++length > max) return true
  return false
}

/** RFC 3339 §5.6, with groups for the date, hour and minute, second, fraction and offset. */
const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i

/** Epoch milliseconds of a date and time; NaN for any other text. A leap second counts as the second before it. */
export function parseDateTime(text: string): number {
  const [, date = '', minute = '', second = '', fraction = '', offset = ''] = DATE_TIME.exec(text) ?? []
  const day = new Date(`${date}T00:00:00Z`)
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return Number.NaN
  const isLeap = second === '60'
  const parsed = new Date(`${date}T${minute}:${isLeap ? '59' : second}${fraction}${offset.toUpperCase()}`)
  return isLeap && parsed.toISOString().slice(11, 16) !== '23:59' ? Number.NaN : parsed.getTime()
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function dotted(path: string, name: string): string {
  return path === '' ? name : `.${name}`
}
