// Test (Node): what comes out of a page is checked, and each field of it is bounded.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkedBatch, checkedDocument, MAX_ITEMS, MAX_SOURCES } from '../../../../extension/background/batch-guard.ts'
import { MAX_JSON_DEPTH, MAX_JSON_TEXT, MAX_JSON_VALUES } from '../../../../extension/background/shape.ts'
import type { Batch, DocumentInfo } from '../../../../wire/batch.ts'
import { MAX_FOREIGN_NAME_LENGTH, MAX_ROWS } from '../../../../wire/operation-guard.ts'
import { columnsOf, rawColumnsOf, type TestRow } from '../../model/operation-rows.ts'

const empty = { operations: [], memory: [], snapshots: [], losses: [] }

test('passes long tasks on, and counts what is not one', () => {
  const longTasks = [{ start: 5, duration: 60 }, { start: 6, duration: -1 }, 'x', { start: 7 }]
  expect(checkedBatch({ ...empty, longTasks, longTasksDropped: 2 })).toEqual({
    ...empty,
    longTasks: [{ start: 5, duration: 60 }],
    longTasksDropped: 2,
    losses: [{ reason: 'malformed', count: 3 }],
  })
  expect(checkedBatch({ ...empty, longTasksDropped: -1 })).toEqual(empty)
})

test('accepts page events, redacts their URLs, and counts anything else as malformed', () => {
  const click = { type: 'interaction', start: 5, duration: 24, name: 'click', id: 7 }
  const moved = { type: 'soft-navigation', start: 5, duration: 0, name: 'https://a.example/?token=abc', id: 0 }
  const wrong = [{ ...click, type: 'mousemove' }, { ...click, duration: -1 }, { ...click, id: undefined }, 'x', null]
  const { pageEvents, losses } = checkedBatch({ ...empty, pageEvents: [click, { ...moved, more: 1 }, ...wrong] })
  expect(pageEvents?.[0]).toEqual(click)
  expect(pageEvents).toHaveLength(2)
  expect(pageEvents?.[1]?.name).not.toContain('abc')
  expect(losses).toEqual([{ reason: 'malformed', count: wrong.length }])
})

test('takes an overhead that can be one', () => {
  expect(checkedBatch({ ...empty, overheadMs: 0.5 })).toEqual({ ...empty, overheadMs: 0.5 })
  for (const overheadMs of [-1, Number.NaN, Number.POSITIVE_INFINITY, '3', null]) {
    expect(checkedBatch({ ...empty, overheadMs })).toEqual(empty)
  }
})

test.each(['clearedAt', 'reportedUntil', 'wallOffset', 'time'])('takes %s, if it is a moment', field => {
  expect(checkedBatch({ ...empty, [field]: 0.5 })).toEqual({ ...empty, [field]: 0.5 })
  for (const value of ['3', Number.NaN, Number.POSITIVE_INFINITY, null]) {
    expect(checkedBatch({ ...empty, [field]: value })).toEqual(empty)
  }
})

const DOCUMENT: Omit<DocumentInfo, 'frameId'> = {
  stream: '1-2-3-4',
  url: 'https://shop.example/',
  title: 'Cart',
  userAgent: 'Test',
  timeOrigin: 1,
  clockResolution: 0.1,
  memoryAvailable: true,
  navigationType: 'navigate',
}

/** A batch with something in each field, as a page script sends it. */
function richBatch(): Batch {
  const columns = columnsOf([
    { id: 1, name: 'load', outcome: 'failed', start: 1, duration: 2 },
    { id: 2, name: 'pay', outcome: 'ok', start: 3, duration: 4 },
  ])
  const counts = { messagesIn: 1, bytesIn: 2, messagesOut: 3, bytesOut: 4, openDuration: 5, closeCode: 1_000 }
  columns.details = [
    [0, { error: { name: 'Error', message: 'no', stack: 'at f' }, metadata: { cart: { items: [1, 'a', null] } } }],
    [1, { connection: { url: 'wss://host/', ...counts }, graphql: 'Cart', stack: 'at g' }],
  ]
  return {
    operations: [{ source: 0, columns }],
    memory: [{ time: 1, usedJSHeapSize: 1, totalJSHeapSize: 2, jsHeapSizeLimit: 3, source: 'performance.memory' }],
    snapshots: [{ label: 'start', time: 1, usedBytes: 5 }],
    longTasks: [{ start: 1, duration: 60 }],
    pageEvents: [{ type: 'visibility', start: 1, duration: 0, name: 'hidden', id: 0 }],
    losses: [{ reason: 'buffer-full', count: 3 }],
  }
}

test('passes what a page script sends as it is', () => {
  expect(checkedBatch(structuredClone(richBatch()))).toEqual(richBatch())
})

/** What a page could put in the place of any value. */
const HUGE: Record<string, unknown> = {
  'a long text': 'x'.repeat(5_000_000),
  'a list of 200,000 values': Array.from({ length: 200_000 }, (_, i) => i),
  'an object of 200,000 values': Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, i])),
  'an object with a long key': { ['k'.repeat(1_000_000)]: 1 },
  'a list of 4 billion holes': new Array(4_000_000_000),
  'deep nesting': Array.from({ length: 1_000 }).reduce<unknown>(inner => [inner], 'x'),
  'a list of lists': Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => 'y')),
  'a typed array': new Float64Array(1_000_000),
  'what is not data': 5n,
}

/** The places in a value: those of its own, and those of what it holds. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return path.length > 0 ? [path] : []
  const inner = Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))
  return path.length > 0 ? [path, ...inner] : inner
}

/** Nothing happens where the place is no more. */
function put(target: unknown, path: (string | number)[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]]
  if (typeof target !== 'object' || target === null) return
  if (rest.length === 0) Reflect.set(target, key, value)
  else put(Reflect.get(target, key), rest, value)
}

/** The longest text or key, the longest list, and the deepest level of what is kept. */
function extentOf(value: unknown): { text: number; list: number; depth: number } {
  if (typeof value === 'string') return { text: value.length, list: 0, depth: 0 }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return { text: 0, list: 0, depth: 0 }
  const extent = { text: 0, list: Object.keys(value).length, depth: 0 }
  for (const [key, item] of Object.entries(value)) {
    const { text, list, depth } = extentOf(item)
    extent.text = Math.max(extent.text, key.length, text)
    extent.list = Math.max(extent.list, list)
    extent.depth = Math.max(extent.depth, depth + 1)
  }
  return extent
}

test('bounds each field, and says what is missing', () => {
  const places = placesOf(richBatch())
  const change = fc.tuple(fc.constantFrom(...places), fc.constantFrom(...Object.keys(HUGE)))
  const examples = places.flatMap(place => Object.keys(HUGE).map(what => [[[place, what]]]))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), changes => {
      const batch = richBatch()
      for (const [place, what] of changes) put(batch, place, HUGE[what])
      const checked = checkedBatch(batch)
      const { operations, memory, snapshots, longTasks = [], pageEvents = [], losses } = checked
      expect(extentOf(checked).text).toBeLessThanOrEqual(MAX_FOREIGN_NAME_LENGTH)
      expect([operations.length <= MAX_SOURCES, losses.length <= MAX_SOURCES + 1]).toEqual([true, true])
      for (const list of [memory, snapshots, longTasks, pageEvents]) expect(list.length).toBeLessThanOrEqual(MAX_ITEMS)
      for (const { columns } of operations) {
        expect(extentOf([columns.strings, columns.details]).list).toBeLessThanOrEqual(MAX_ROWS)
        for (const [, { metadata, ...detail }] of columns.details) {
          const { text, list, depth } = extentOf(metadata)
          expect([text <= MAX_JSON_TEXT, list <= MAX_JSON_VALUES, depth <= MAX_JSON_DEPTH]).toEqual([true, true, true])
          expect(extentOf(detail).text).toBeLessThanOrEqual(10_000)
        }
      }
      if (operations.length === 0) expect(losses.some(({ reason }) => reason === 'malformed')).toBe(true)
    }),
    { numRuns: examples.length + 100, examples: examples as never },
  )
})

test('truncates a long error, and keeps its operation', () => {
  const batch = richBatch()
  const [, detail] = batch.operations[0]?.columns.details[0] ?? []
  Object.assign(detail?.error ?? {}, { message: 'm'.repeat(5_000_000), stack: 's'.repeat(5_000_000) })
  const checked = checkedBatch(batch)
  const error = checked.operations[0]?.columns.details[0]?.[1].error
  expect([error?.message?.length, error?.stack?.length]).toEqual([5_000, 10_000])
  expect(checked.losses).toEqual(batch.losses)
})

test('says that metadata was too large, and keeps its operation', () => {
  for (const large of [
    Array.from({ length: 200_000 }, () => 'v'),
    new Array(4_000_000_000),
    'x'.repeat(6_000),
    Array.from({ length: 600 }, () => 'x'.repeat(5_000)),
    Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}`.padEnd(5_000), i])),
  ]) {
    const batch = richBatch()
    Object.assign(batch.operations[0]?.columns.details[0]?.[1] ?? {}, { metadata: { large } })
    const checked = checkedBatch(batch)
    expect(checked.operations[0]?.columns.details[0]?.[1].metadata).toBe('[too large]')
    expect(checked.losses).toEqual(batch.losses)
  }
})

test('takes no more rows in all sources than in one', () => {
  const { columns } = richBatch().operations[0] ?? { columns: columnsOf([]) }
  const rows = MAX_ROWS / 2
  const many = columnsOf(
    Array.from({ length: rows }, (_, i) => ({ id: i + 1, name: 'x', outcome: 'ok', start: 1, duration: 1 })),
  )
  const checked = checkedBatch({
    ...empty,
    operations: [many, many, columns].map((all, source) => ({ source, columns: all })),
  })
  expect(checked.operations.map(({ source }) => source)).toEqual([0, 1])
  expect(checked.losses).toEqual([{ reason: 'malformed', count: 2 }])
})

test('bounds each text of a document, and refuses what is none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(DOCUMENT)), fc.constantFrom(...Object.values(HUGE)), (field, huge) => {
      const checked = checkedDocument({ ...DOCUMENT, [field]: huge })
      for (const text of Object.values(checked ?? {})) expect(String(text).length).toBeLessThanOrEqual(10_000)
    }),
  )
  expect(checkedDocument(DOCUMENT)).toEqual({ ...DOCUMENT, frameId: 0 })
  expect(checkedDocument({ ...DOCUMENT, timeOrigin: -1 })).toBeUndefined()
})

test('takes codes of failures from the page script alone, and only those that there are', () => {
  const http = { method: 'GET', url: 'https://shop.example/' }
  const errorOf = (error: object, row: Partial<TestRow> = {}): unknown => {
    const columns = rawColumnsOf([{ id: 1, name: 'a', outcome: 'failed', start: 0, duration: 1, ...row }])
    columns.details = [[0, { error: error as { name: string } }]]
    const { operations, losses } = checkedBatch({ ...empty, operations: [{ source: 0, columns }] })
    return operations[0]?.columns.details[0]?.[1].error ?? losses[0]?.reason
  }
  const request: Partial<TestRow> = { kind: 'fetch', detail: { http } }
  expect(errorOf({ name: 'TypeError', code: 'network' }, request)).toEqual({ name: 'TypeError', code: 'network' })
  expect(errorOf({ name: 'Error', message: 'hung up', code: 'ECONNRESET' }, request)).toEqual({
    name: 'Error',
    message: 'hung up',
  })
  expect(errorOf({ name: 'TypeError', code: 'toString' }, request)).toBe('malformed')
  expect(errorOf({ code: 'network' }, request)).toBe('malformed')
  // Node's errors have codes of their own, and a page may make an error of any kind.
  expect(errorOf({ name: 'Error', message: 'mine', code: 'network' })).toEqual({ name: 'Error', message: 'mine' })
  expect(errorOf({ name: 'Error', code: 'network' })).toBe('malformed')
})
