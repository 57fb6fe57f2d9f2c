import { expect, test } from 'vitest'
import { guardSource } from '../../../injected/guarded-source.ts'
import type { News, RawDetail, Source } from '../../../monitor/registry.ts'
import { createOperationColumns } from '../../../wire/operations.ts'

const sourceOf = (read: () => unknown): Source => ({ listen() {}, read: read as () => News })

test('passes on what is well-formed', () => {
  const operations = createOperationColumns(0)
  const snapshots = [
    { label: 'a', time: 1, usedBytes: 2 },
    { label: 'b', time: 2 },
  ]
  const source = guardSource(sourceOf(() => ({ operations, snapshots, lost: 3, more: true })))
  expect(source.read(10)).toEqual({ operations, snapshots, lost: 3, more: true })
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['text as operations', { operations: 'x', lost: 0, more: false }],
  ['null as operations', { operations: null, lost: 0, more: false }],
  ['text as snapshots', { snapshots: 'x', lost: 0, more: false }],
  ['a snapshot without label', { snapshots: [{ time: 1 }], lost: 0, more: false }],
  ['a snapshot with a function', { snapshots: [{ label: () => {}, time: 1 }], lost: 0, more: false }],
  ['a snapshot at no time', { snapshots: [{ label: 'a', time: Number.NaN }], lost: 0, more: false }],
  ['a negative snapshot', { snapshots: [{ label: 'a', time: 1, usedBytes: -1 }], lost: 0, more: false }],
  ['a label of 10 MB', { snapshots: [{ label: 'x'.repeat(10_000_000), time: 1 }], lost: 0, more: false }],
])('counts %s as malformed', (_, news) => {
  const checked = guardSource(sourceOf(() => news)).read(10)
  expect(checked).toMatchObject({ lost: 0, more: false, malformed: 1 })
  expect(checked.operations).toBeUndefined()
  expect(checked.snapshots ?? []).toEqual([])
})

test('makes names and labels well-formed, and no longer than a name can be', () => {
  const names = ['😀'.repeat(400), `x${'😀'.repeat(400)}`, 'half \ud83d of one', 'plain']
  const operations = createOperationColumns(0)
  operations.strings.push(...names)
  const snapshots = names.map(label => ({ label, time: 1 }))
  const checked = guardSource(sourceOf(() => ({ operations, snapshots, lost: 0, more: false }))).read(10)
  expect(checked.operations?.strings).toEqual(['😀'.repeat(250), `x${'😀'.repeat(249)}`, 'half \ufffd of one', 'plain'])
  expect(checked.snapshots?.map(({ label }) => label)).toEqual([names[0], names[1], 'half \ufffd of one', 'plain'])
})

test('copies of a snapshot only what is known', () => {
  const snapshots = [{ label: 'a', time: 1, extra: () => {} }]
  expect(guardSource(sourceOf(() => ({ snapshots, lost: 0, more: false }))).read(10).snapshots).toEqual([
    { label: 'a', time: 1 },
  ])
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, '5', 5n, Symbol('s'), null])(
  'takes %s for no number of lost operations',
  lost => {
    expect(guardSource(sourceOf(() => ({ lost, more: 'yes' }))).read(10)).toEqual({ lost: 0, more: false })
  },
)

test('catches what a source throws, and reports it once', () => {
  const source = guardSource({
    listen() {
      throw new Error('listen')
    },
    read() {
      throw new Error('read')
    },
  })
  expect(() => source.listen(() => {})).not.toThrow()
  expect(source.read(10)).toMatchObject({ malformed: 1 })
  expect(source.read(10)).toMatchObject({ malformed: 0 })
})

test('keeps what a getter throws', () => {
  const news = {
    lost: 0,
    more: false,
    get operations() {
      throw new Error('getter')
    },
  }
  expect(guardSource(sourceOf(() => news)).read(10)).toMatchObject({ malformed: 1 })
  expect(() => guardSource(null as unknown as Source).read(10)).not.toThrow()
})

test('copies metadata and errors as data that can be cloned, stored and written', () => {
  const cyclic: Record<string, unknown> = { call: () => {}, at: new Date(0), secret: Symbol('s') }
  cyclic.self = cyclic
  const operations = createOperationColumns<RawDetail>(3)
  operations.outcome.set([1, 2, 2])
  operations.strings.push('load')
  operations.details.push([0, { metadata: cyclic }], [1, { metadata: { big: 5n }, error: new TypeError('no') }])
  operations.details.push([2, { error: undefined }])
  const news = guardSource(sourceOf(() => ({ operations, lost: 0, more: false }))).read(10)
  expect(structuredClone(news.operations?.details)).toEqual([
    [
      0,
      { metadata: { call: '[function]', at: '1970-01-01T00:00:00.000Z', secret: '[Symbol(s)]', self: '[circular]' } },
    ],
    [1, { metadata: { big: '[5n]' }, error: { name: 'TypeError', message: 'no', stack: expect.any(String) } }],
    [2, { error: { name: 'Error', message: 'undefined' } }],
  ])
})

test('takes nothing else that a page’s source says of an operation', () => {
  const operations = createOperationColumns<object>(1)
  operations.outcome.set([1])
  operations.strings.push('load')
  operations.details.push([0, { http: { method: 'GET', url: () => {} }, connection: 5 }])
  const news = guardSource(sourceOf(() => ({ operations, lost: 0, more: false }))).read(10)
  expect(news.operations?.details).toEqual([[0, {}]])
})

test('passes on what can be cloned, though the source gave a Proxy', () => {
  const operations = { ...createOperationColumns(1), strings: new Proxy(['load'], {}) }
  operations.outcome.set([1])
  const news = guardSource(sourceOf(() => ({ operations, lost: 0, more: false }))).read(10)
  expect(structuredClone(news.operations?.strings)).toEqual(['load'])
})
