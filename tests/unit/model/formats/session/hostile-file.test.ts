import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionFile } from '../../../../../session/format.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { exported, imported, parsed, problemOf, richSession } from './imported.ts'

const text = await (await exported(richSession())).text()
const session = JSON.parse(text) as SessionFile

/** The session with something else at a path such as `operations.1.duration`; undefined takes it out. */
function changed(path: string, value: unknown): string {
  const copy = structuredClone(session) as unknown as Record<string, unknown>
  const names = path.split('.')
  const last = names.pop() as string
  const owner = names.reduce((at, name) => at[name] as Record<string, unknown>, copy)
  if (value === undefined) delete owner[last]
  else Object.defineProperty(owner, last, { value, enumerable: true, configurable: true, writable: true })
  return JSON.stringify(copy)
}

const other = '{"name":"shop","version":"1.2"}'
test.each<[string, string, string]>([
  ['nothing', '', 'it is empty'],
  ['no JSON', '<!doctype html>', '< where { should be'],
  ['another JSON', other, 'format is missing'],
  ['an array', `[${text}]`, '[ where { should be'],
  ['the first half', text.slice(0, text.length / 2), 'it is cut off'],
  ['all but the end', text.trimEnd().slice(0, -1), 'it is cut off'],
  ['two of it', text + text, '{ where the end should be'],
  ['an unknown list', changed('spans', []), 'spans is not part of the format'],
  ['an unknown list in a newer version', changed('spans', []).replace('"version":2', '"version":9'), 'version 9'],
  ['a newer version', changed('version', 3), 'written by a newer version of Perf: its format is version 3'],
  ['version 0', changed('version', 0), 'version must be an integer from 1 to 2'],
  ['a version between two', changed('version', 1.5), 'version must be an integer from 1 to 2'],
  ['a version that is a text', changed('version', '2'), 'version must be an integer from 1 to 2'],
  ['another format', changed('format', 'har'), 'format must be "perf-session"'],
  ['no version', changed('version', undefined), 'version is missing'],
  ['no memory', changed('memory', undefined), 'memory is missing'],
  ['a word as a duration', changed('operations.3.duration', '12'), 'operations[3].duration must be a number'],
  ['a number that is too large', text.replace(/"duration":100\b/, '"duration":1e999'), 'duration must be a number'],
  ['a huge time', changed('operations.2.startTime', 1e308), 'operations[2].startTime must be at most 8640000000000000'],
  ['a negative duration', changed('operations.1.duration', -1), 'operations[1].duration must be at least 0'],
  ['an unknown kind', changed('operations.0.kind', 'worker'), 'operations[0].kind must be one of "custom"'],
  ['a row that is a number', changed('operations.2', 7), 'operations[2] must be an object'],
  ['rows that are none', changed('gaps', {}), 'gaps must be an array'],
  ['a list instead of an object', changed('page', []), 'page must not be an array'],
  [
    'an unknown field',
    changed('operations.1.http', { method: 'GET', url: '', x: 1 }),
    'operations[1].http.x is not part',
  ],
  ['__proto__ as a field', changed('operations.1.__proto__', { a: 1 }), 'operations[1].__proto__ is not part'],
  ['__proto__ as a member', changed('__proto__', { a: 1 }), '__proto__ is not part'],
  [
    'an id twice',
    changed('operations.3.id', session.operations[1]?.id),
    'operations[3].id is that of operations[1] too',
  ],
  ['memory against the time', changed('memory.1.time', 1), 'memory[1].time is before that of the memory above it'],
  ['a document twice', changed('documents.1.documentId', 'D1'), 'documents[1].documentId appears twice'],
  ['no such document', changed('memory.1.documentId', 'D9'), 'memory[1].documentId is that of no document'],
  ['another frame', changed('operations.0.frameId', 3), 'operations[0].frameId is not that of its document'],
  ['success and failure at the same time', changed('operations.0.success', true), 'operations[0]'],
  ['no date', changed('createdAt', 'yesterday'), 'createdAt must be a date'],
  ['a member twice', `${text.trimEnd().slice(0, -1)},"operations":[]}`, 'operations appears twice'],
  ['a head twice', `${text.trimEnd().slice(0, -1)},"version":2}`, 'version appears twice'],
  [
    'deep nesting',
    changed('operations.0.metadata', 0).replace('"metadata":0', `"metadata":${'['.repeat(1e5)}${']'.repeat(1e5)}`),
    'operations[0] is nested deeper',
  ],
  ['a broken row', text.replace('"outcome":"ok"', '"outcome":ok'), "isn't JSON"],
])('%s', async (_, file, problem) => {
  expect(file === text).toBe(false)
  const found = await problemOf(file)
  expect(found).toMatch(/^ImportError: /)
  expect(found).toContain(problem)
})

test('markup and names of builtins are ordinary names', async () => {
  const names = ['<script>alert(1)</script>', '__proto__', 'constructor', '\u0000\u202e', '"],"operations":[']
  const operations = session.operations.slice(0, names.length).map((each, i) => ({ ...each, operationName: names[i] }))
  const metadata = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as object
  const file = JSON.stringify({ ...session, operations: operations.map(each => ({ ...each, metadata })) })
  const again = JSON.parse(await (await exported(await imported(new Blob([file])))).text()) as SessionFile
  expect(again.operations.map(({ operationName }) => operationName)).toEqual(names.slice(0, operations.length))
  expect(JSON.stringify(again.operations)).toContain('"__proto__":{"polluted":true}')
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('reports damaged compressed data', async () => {
  const whole = new Uint8Array(await (await exported(richSession(), { gzip: true })).arrayBuffer())
  expect(await problemOf(new Blob([whole.slice(0, whole.length / 2)]))).toContain('damaged or cut off')
  expect(await problemOf(new Blob([whole.map((byte, i) => (i > 60 ? byte ^ 0x55 : byte))]))).toContain(
    'damaged or cut off',
  )
})

test('refuses a file that is cut off anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(text.trimEnd().length - 1), async length => {
      expect(await problemOf(text.slice(0, length))).toMatch(/cut off|is empty/)
    }),
  )
})

test('a damaged file opens exactly if the schema accepts it; otherwise there is a message', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(damage, async places => {
      let file = text
      for (const [at, gone, put] of places)
        file = file.slice(0, at % file.length) + put + file.slice((at % file.length) + gone)
      const problem = await problemOf(file)
      expect(problem).toMatch(/^none$|^ImportError: /)
      if (problem !== 'none') return
      expect(schemaErrors(asCurrent(JSON.parse(file)))).toEqual([])
      expect(await parsed(await exported(await imported(new Blob([file]))))).toBeDefined()
    }),
    { numRuns: 300 },
  )
})

test('a value of another type anywhere is refused exactly if the schema refuses it', async () => {
  const paths = leavesOf(session, '')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 }), async (path, value) => {
      const file = changed(path, value)
      const problem = await problemOf(file)
      const errors = schemaErrors(asCurrent(JSON.parse(file)))
      if (errors.length > 0) expect(problem).not.toBe('none')
      if (problem === 'none') expect(errors).toEqual([])
    }),
    { numRuns: 400 },
  )
})

/** A file that has become one of an earlier version is read as that. */
function asCurrent(file: { version?: unknown }): unknown {
  return file?.version === 1 ? { ...file, version: 2 } : file
}

/** Paths to all that is in a value. */
function leavesOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, each]) => {
    const below = path === '' ? name : `${path}.${name}`
    return [below, ...leavesOf(each, below)]
  })
}
