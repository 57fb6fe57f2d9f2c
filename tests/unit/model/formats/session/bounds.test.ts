// Test: every text and every list of a session file has a bound, in the schema and in the reader.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_MESSAGE_LENGTH } from '../../../../../model/formats/session/import-error.ts'
import { MAX_POINTS } from '../../../../../model/session/connection-traffic.ts'
import schema from '../../../../../session/session.schema.json' with { type: 'json' }
import { MAX_FOREIGN_NAME_LENGTH } from '../../../../../wire/operation-guard.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { exported, imported, parsed, problemOf, richSession } from './imported.ts'

test('the schema bounds every text and every list', () => {
  const unbounded: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return
    // `if` asks for a type alone.
    const { type, enum: words, format, maxLength, maxItems } = node as Record<string, unknown>
    if (type === 'string' && Object.keys(node).length > 1 && !words && !format && maxLength === undefined)
      unbounded.push(path)
    if (type === 'array' && Object.keys(node).length > 1 && maxItems === undefined) unbounded.push(path)
    for (const [name, each] of Object.entries(node)) visit(each, `${path}/${name}`)
  }
  visit(schema, '')
  expect(unbounded).toEqual([])
  expect(schema.$defs.operation.properties.operationName.maxLength).toBe(MAX_FOREIGN_NAME_LENGTH)
  expect(schema.$defs.operation.properties.traffic.maxItems).toBe(MAX_POINTS)
})

/** A live session with something in every kind of text. */
const session = await parsed(
  await exported(
    richSession([
      {
        id: 50,
        name: 'failed',
        outcome: 'failed',
        start: 60,
        duration: 1,
        detail: {
          error: { name: 'TypeError', message: 'no', stack: 'TypeError: no' },
          metadata: { deep: [{ text: 'x' }] },
        },
      },
    ]),
  ),
)

/** Paths of the texts in a value. */
function textsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return [[...path]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, [...path, name]))
}

function withValue(path: readonly string[], value: unknown): string {
  const copy = structuredClone(session) as unknown as Record<string, unknown>
  const owner = path.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, copy)
  owner[path.at(-1) as string] = value
  return JSON.stringify(copy)
}

test('refuses texts that are too long, says where, and agrees with the schema', async () => {
  const texts = textsIn(session)
  expect(texts.length).toBeGreaterThan(50)
  const long = fc.constantFrom('x', '/users/1', 'é', '\u{1f600}', '\ud800')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), long, async (path, unit) => {
      const file = withValue(path, unit.repeat(Math.ceil(250_000 / unit.length)))
      expect(schemaErrors(JSON.parse(file))).not.toEqual([])
      expect(await problemOf(file)).toMatch(/^ImportError: isn't a valid Perf session: /)
    }),
    { numRuns: 100 },
  )
  expect(await problemOf(withValue(['operations', '0', 'operationName'], 'a/'.repeat(500_000)))).toContain(
    'operations[0].operationName must have at most 50000 characters',
  )
  expect(await problemOf(withValue(['page', 'title'], 'x'.repeat(10_001)))).toContain(
    'page.title must have at most 10000',
  )
})

test('counts characters as JSON Schema does', async () => {
  for (const [unit, most] of [
    ['x', 10_000],
    ['\u{1f600}', 10_000],
    ['\ud800', 10_000],
  ] as const) {
    expect(await problemOf(withValue(['page', 'title'], unit.repeat(most)))).toBe('none')
    expect(await problemOf(withValue(['page', 'title'], unit.repeat(most + 1)))).toContain('page.title')
  }
})

test('refuses metadata and stacks with too many values', async () => {
  const operation = session.operations.findIndex(({ metadata }) => metadata !== undefined)
  const path = ['operations', `${operation}`, 'metadata']
  const list = (length: number) => Array.from({ length }, (_, i) => i)
  const members = (length: number) => Object.fromEntries(list(length).map(i => [`m${i}`, i]))
  expect(await problemOf(withValue(path, [list(10_000), members(10_000)]))).toBe('none')
  expect(await problemOf(withValue(path, { a: [list(10_001)] }))).toContain(
    'metadata.a[0] must have at most 10000 items',
  )
  expect(await problemOf(withValue(path, [members(10_001)]))).toContain('metadata[0] must have at most 10000 members')
  expect(await problemOf(withValue(path, { a: { b: 'x'.repeat(100_001) } }))).toContain(
    'metadata.a.b must have at most',
  )
  const initiator = { type: 'script', stack: list(1_001).map(String) }
  expect(await problemOf(withValue(['networkRequests', '0', 'initiator'], initiator))).toContain(
    'initiator.stack must have',
  )
})

test.each([
  ['of an operation', { operations: [{ ...session.operations[0], ['x'.repeat(1_000_000)]: 1 }] }],
  [
    'in metadata',
    { operations: [{ ...session.operations[0], metadata: { ['\u{1f600}'.repeat(50_000)]: 'x'.repeat(200_000) } }] },
  ],
  ['of a HAR file', `{"log":{"entries":[]},"${'x'.repeat(1_000_000)}":1,"${'x'.repeat(1_000_000)}":1}`],
])('says what is wrong in short where the name of a member is long: %s', async (_, change) => {
  const problem = await problemOf(typeof change === 'string' ? change : JSON.stringify({ ...session, ...change }))
  expect(problem).toContain("ImportError: isn't a valid")
  expect(problem.length).toBeLessThanOrEqual('ImportError: '.length + MAX_MESSAGE_LENGTH)
  expect(problem).not.toMatch(/\p{Surrogate}/u)
})

test('refuses too many documents', async () => {
  const [document] = session.documents
  const documents = Array.from({ length: 100_001 }, (_, i) => ({ ...document, documentId: `${i}` }))
  expect(await problemOf(JSON.stringify({ ...session, documents }))).toContain(
    'documents must have at most 100000 items',
  )
})

test('truncates what exceeds the bounds in a version 1 file, as that version had none', async () => {
  const bytes = readFileSync(new URL('../../../../fixtures/sessions/v1/custom-operations.json.gz', import.meta.url))
  const file = JSON.parse(gunzipSync(bytes).toString('utf8')) as typeof session
  const failed = file.operations.find(({ error }) => error)
  const long = '\u{1f600}x'.repeat(400_000)
  Object.assign(failed as object, {
    operationName: long,
    error: { name: 'Error', message: long, stack: long },
    metadata: { list: Array.from({ length: 20_000 }, (_, i) => i), text: [long] },
  })
  const opened = await parsed(await exported(await imported(new Blob([JSON.stringify(file)]))))
  expect(schemaErrors(opened)).toEqual([])
  const found = opened.operations.find(({ id }) => id === failed?.id)
  expect(found?.operationName).toMatch(/^(?:\u{1f600}x)+\u{1f600}?…$/u)
  expect(found?.error?.message).toHaveLength(100_000)
  expect(found?.metadata).toHaveProperty('list.length', 10_000)
})
