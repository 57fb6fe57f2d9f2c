// Test: the schema's check says of any value what ajv says of it.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSchema, parseDateTime, type Schema } from '../../../session/schema-check.ts'
import schema from '../../../session/session.schema.json' with { type: 'json' }
import { exported, parsed, richSession } from '../model/formats/session/imported.ts'

const ajv = new Ajv2020({ allErrors: true, strict: false, strictNumbers: true })
addFormats.default(ajv)
const byAjv = ajv.compile(schema)
const check = compileSchema(schema as Schema, schema as Schema)

const devtools = {
  url: 'https://shop.example/api',
  method: 'GET',
  status: 200,
  type: 'fetch',
  startTime: 1_790_000_000_000,
  duration: 5,
  phases: { queued: 1 },
}
const detail = { http: { method: 'GET', url: 'https://shop.example/api', phases: { wait: 3 }, devtools } }
const session = await parsed(
  await exported(
    richSession([
      { id: 60, name: 'GET /api', kind: 'fetch', outcome: 'failed', start: 1, duration: 2, detail },
      { id: 61, name: 'GET /left', kind: 'xhr', outcome: 'pending', start: 1, endUnknown: 'page-left', detail },
      {
        id: 62,
        name: 'failed',
        outcome: 'failed',
        start: 3,
        duration: 4,
        detail: { error: { name: 'TypeError', code: 'network' }, metadata: { list: [1, 'a', null, { deep: true }] } },
      },
    ]),
  ),
)

type Path = readonly string[]

/** Paths to all that is in a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsIn(each, [...path, name]))]
}

/** Changes the member at a path, where it is still there. */
function change(value: unknown, path: Path, how: (owner: Record<string, unknown>, name: string) => void): void {
  const [name, ...rest] = path
  if (typeof value !== 'object' || value === null || name === undefined) return
  if (rest.length > 0) change((value as Record<string, unknown>)[name], rest, how)
  else how(value as Record<string, unknown>, name)
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    'fetch',
    'ok',
    'pending',
    'failed',
    'network',
    'page-left',
    'long-task',
    'interaction',
    '',
    0,
    -1,
    0.5,
    1e300,
    8.64e15,
  ),
  fc.constantFrom(Number.POSITIVE_INFINITY, 'x'.repeat(10_001), '\u{1f600}'.repeat(10_000), [], {}, null, true, false),
)
const paths = fc.constantFrom(...pathsIn(session).slice(1))
const anyChange = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(paths, anything).map(([path, value]) => ({ path, how: 'set' as const, value })) },
  { weight: 2, arbitrary: paths.map(path => ({ path, how: 'delete' as const, value: undefined })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        paths,
        fc.constantFrom('endUnknown', 'error', 'http', 'code', 'message', '__proto__', 'x', 'duration'),
        anything,
      )
      .map(([path, name, value]) => ({ path: [...path.slice(0, -1), name], how: 'set' as const, value })),
  },
  // From another place: of its type, but not of this place.
  { weight: 2, arbitrary: fc.tuple(paths, paths).map(([path, from]) => ({ path, how: 'copy' as const, value: from })) },
)

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((owner, name) => (owner as Record<string, unknown> | undefined)?.[name], value)
}

function mutated(changes: readonly { path: Path; how: 'set' | 'delete' | 'copy'; value: unknown }[]): unknown {
  const copy = structuredClone(session)
  for (const { path, how, value } of changes) {
    change(copy, path, (owner, name) => {
      if (how === 'delete') Reflect.deleteProperty(owner, name)
      else {
        const set = how === 'copy' ? structuredClone(at(session, value as Path)) : value
        Object.defineProperty(owner, name, { value: set, enumerable: true, configurable: true, writable: true })
      }
    })
  }
  return copy
}

test('a mutated session is valid exactly if ajv says so, and the reported place is one where ajv finds an error', () => {
  let [valid, invalid] = [0, 0]
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 3 }), changes => {
      const value = mutated(changes)
      const problem = check(value, '')
      const isValid = byAjv(value)
      expect(problem === undefined, `${problem} / ${ajv.errorsText(byAjv.errors)}`).toBe(isValid)
      if (isValid) valid++
      else {
        invalid++
        const place = `/${problem
          ?.split(' ')[0]
          ?.replaceAll(/\[(\d+)\]/g, '.$1')
          .replaceAll('.', '/')}`
        const places = (byAjv.errors ?? []).map(({ instancePath }) => instancePath)
        expect(
          places.some(each => place === each || place.startsWith(`${each}/`)),
          `${problem} in ${places}`,
        ).toBe(true)
      }
    }),
    { numRuns: 4_500 },
  )
  // A property that only ever sees one of the two proves nothing.
  expect(Math.min(valid, invalid)).toBeGreaterThan(200)
})

test('any value is valid for a definition exactly if ajv says so', () => {
  const definitions = Object.keys(schema.$defs) as (keyof typeof schema.$defs)[]
  const compiled = new Map(
    definitions.map(name => {
      const reference = { $ref: `#/$defs/${name}` }
      const ajvCheck = ajv.compile({ $defs: schema.$defs, ...reference })
      return [name, { ours: compileSchema(reference, schema as Schema), ajvCheck }]
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...definitions), anything, (name, value) => {
      const { ours, ajvCheck } = compiled.get(name) as NonNullable<ReturnType<typeof compiled.get>>
      expect(ours(value, 'value') === undefined).toBe(ajvCheck(value))
    }),
    { numRuns: 2_000 },
  )
})

test('accepts the dates and times of RFC 3339, and Date.parse reads them', () => {
  const digits = (length: number, max: number) => fc.nat(max).map(value => String(value).padStart(length, '0'))
  const text = fc
    .tuple(
      digits(4, 9_999),
      digits(2, 13),
      digits(2, 32),
      fc.constantFrom('T', 't', ' ', ''),
      digits(2, 25),
      digits(2, 61),
      digits(2, 61),
      fc.constantFrom('', '.', '.5', '.123456'),
      fc.constantFrom('Z', 'z', '+01:00', '-23:59', '+24:00', '+00:60', '+0100', ''),
    )
    .map(
      ([y, m, d, t, hour, minute, second, fraction, zone]) =>
        `${y}-${m}-${d}${t}${hour}:${minute}:${second}${fraction}${zone}`,
    )
  const isDate = ajv.compile({ type: 'string', format: 'date-time' })
  // ajv also takes blanks in the place of the T and offsets without a colon, and more leap seconds than there can be.
  const isStrict = (value: string): boolean =>
    /^\S+:\d\d(?:\.\d+)?(?:z|[+-]\d\d:\d\d)$/i.test(value) && !/T2[4-9]|:60/i.test(value)
  fc.assert(
    fc.property(text, value => {
      const time = parseDateTime(value)
      if (!Number.isNaN(time)) expect(isDate(value)).toBe(true)
      if (isStrict(value)) expect(!Number.isNaN(time)).toBe(isDate(value))
    }),
    { numRuns: 5_000 },
  )
  expect(parseDateTime('2026-11-23T12:00:00.5+01:00')).toBe(Date.UTC(2026, 10, 23, 11, 0, 0, 500))
  expect(parseDateTime('2016-12-31t23:59:60z')).toBe(Date.UTC(2016, 11, 31, 23, 59, 59))
  expect(parseDateTime('2016-12-31T12:59:60Z')).toBeNaN()
  expect(parseDateTime('2026-02-30T00:00:00Z')).toBeNaN()
  expect(parseDateTime('2026-11-23')).toBeNaN()
})

test.each<[string, Schema]>([
  ['an unknown keyword', { type: 'array', uniqueItems: true }],
  ['an unknown format', { type: 'string', format: 'email' }],
  ['anyOf', { anyOf: [{ type: 'string' }] }],
])('refuses to compile %s instead of ignoring it', (_, unsupported) => {
  expect(() => compileSchema(unsupported, unsupported)).toThrow('not supported')
})
