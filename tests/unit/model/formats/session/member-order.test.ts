// Test: JSON objects have no order (RFC 8259 §4), so a session opens in whatever order its members stand.
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionFile } from '../../../../../session/format.ts'
import { exported, imported, parsed, problemOf, richSession } from './imported.ts'

const file = await exported(
  richSession([{ id: 9, name: 'child first', outcome: 'ok', start: 1, duration: 2, parent: 3 }]),
)
const session = await parsed(file)
const text = await file.text()

const open = async (content: string | Buffer): Promise<string> =>
  (await exported(await imported(new Blob([content as BlobPart])))).text()

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same value; the members of each object in it stand in the order of `compare`. */
function ordered(value: unknown, compare: (a: string, b: string) => number): unknown {
  if (Array.isArray(value)) return value.map(each => ordered(each, compare))
  if (!isObject(value)) return value
  const members = Object.entries(value).sort(([a], [b]) => compare(a, b))
  return Object.fromEntries(members.map(([name, each]) => [name, ordered(each, compare)]))
}

test.each<[string, (a: string, b: string) => number]>([
  // https://www.postgresql.org/docs/current/datatype-json.html: shorter keys first.
  ['as Postgres keeps jsonb', (a, b) => a.length - b.length || (a < b ? -1 : 1)],
  ['by name', (a, b) => (a < b ? -1 : 1)],
  ['by name, backwards', (a, b) => (a < b ? 1 : -1)],
])('opens a session with its members %s, and exports the same bytes', async (_, compare) => {
  const shuffled = JSON.stringify(ordered(session, compare), null, 1)
  expect(await open(shuffled)).toBe(text)
  expect(await open(gzipSync(shuffled))).toBe(text)
})

test('opens a session with its members in any order, on every level', async () => {
  const ranks = fc.array(fc.nat(), { minLength: 60, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(ranks, async ([...rank]) => {
      const names = new Map<string, number>()
      const rankOf = (name: string): number => {
        if (!names.has(name)) names.set(name, rank[names.size % rank.length] as number)
        return names.get(name) as number
      }
      const compare = (a: string, b: string): number => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)
      expect(await open(JSON.stringify(ordered(session, compare)))).toBe(text)
    }),
    { numRuns: 60 },
  )
})

test('reports errors in any order of members', async () => {
  const members = fc.shuffledSubarray(Object.keys(session), { minLength: Object.keys(session).length })
  const wrong: [change: (file: SessionFile) => object, problem: string][] = [
    [({ version: _, ...rest }) => rest, 'version is missing'],
    [({ documents: _, ...rest }) => rest, 'documents is missing'],
    [rest => ({ ...rest, version: 9, spans: [1], probes: {} }), 'written by a newer version of Perf'],
    [rest => ({ ...rest, format: 'har', log: [] }), 'format must be "perf-session"'],
    [rest => ({ ...rest, spans: [] }), 'spans is not part of the format'],
    [rest => ({ ...rest, operations: [...rest.operations, { id: 'x' }] }), `operations[${session.operations.length}]`],
  ]
  await fc.assert(
    fc.asyncProperty(members, fc.constantFrom(...wrong), async (names, [change, problem]) => {
      const changed = change(session) as Record<string, unknown>
      const order = [...Object.keys(changed).filter(name => !names.includes(name)), ...names].filter(
        name => name in changed,
      )
      expect(await problemOf(JSON.stringify(Object.fromEntries(order.map(name => [name, changed[name]]))))).toContain(
        problem,
      )
    }),
    { numRuns: 120 },
  )
})

test('refuses a member that appears twice, wherever the second one is', async () => {
  for (const [name, value] of Object.entries(session)) {
    const again = `${JSON.stringify(name)}:${JSON.stringify(value)}`
    expect(await problemOf(`{${again},${text.trimStart().slice(1)}`)).toContain(`${name} appears twice`)
    expect(await problemOf(`${text.trimEnd().slice(0, -1)},${again}}`)).toContain(`${name} appears twice`)
  }
})
