import { describe, expect, test } from 'vitest'
import { PerformanceMonitor } from '../../../monitor/performance-monitor.ts'
import { openRegistry, type RawDetail, type Source } from '../../../monitor/registry.ts'
import { isOperationColumns, MAX_FOREIGN_NAME_LENGTH } from '../../../wire/operation-guard.ts'
import type { RawOperationColumns } from '../../../wire/operations.ts'

type Columns = RawOperationColumns<RawDetail>

/** A batch of the monitor's own making: one operation of each outcome, one with metadata, two details. */
async function makeColumns(): Promise<Columns> {
  const monitor = PerformanceMonitor.getInstance()
  const source = openRegistry().sources[0] as Source
  source.read(1_000)
  await monitor.trackOperation('ok', async () => {}, { nested: { list: [1, null, true, 'text'] } })
  await monitor.trackOperation('failed', () => Promise.reject(new TypeError('no'))).catch(() => {})
  await monitor.trackOperation('undefined', () => Promise.reject()).catch(() => {})
  const abort = new DOMException('stop', 'AbortError')
  await monitor.trackOperation('cancelled', () => Promise.reject(abort)).catch(() => {})
  void monitor.trackOperation('pending', () => new Promise(() => {}))
  const { operations } = source.read(1_000)
  if (!operations) throw new Error('nothing was read')
  return operations
}

test('takes what the monitor makes', async () => {
  const columns = await makeColumns()
  expect([...columns.outcome]).toEqual([1, 2, 2, 3, 0])
  expect(columns.details).toHaveLength(4)
  expect(isOperationColumns(columns)).toBe(true)
  expect(isOperationColumns(structuredClone(columns))).toBe(true)
})

test.each([undefined, null, 5, 'text', [], {}, () => {}])('refuses %s', value => {
  expect(isOperationColumns(value)).toBe(false)
})

const NUMBERS = ['id', 'kind', 'outcome', 'name', 'start', 'duration', 'parent'] as const

describe.each(NUMBERS)('refuses a column %s', key => {
  test.each<[string, (column: Columns[typeof key]) => unknown]>([
    ['that is missing', () => undefined],
    ['that is a plain array', column => [...column]],
    ['of another type', column => new Int16Array(column.length)],
    ['that is too short', column => column.slice(1)],
    ['that is too long', column => new (column.constructor as Uint8ArrayConstructor)(column.length + 1)],
    ['that is a part of a larger buffer', column => enlarged(column).subarray(0, column.length)],
    ['on shared memory', column => onSharedMemory(column)],
  ])('%s', async (_, change) => {
    const columns = await makeColumns()
    expect(isOperationColumns({ ...columns, [key]: change(columns[key]) })).toBe(false)
  })
})

function enlarged(column: Columns['id' | 'kind' | 'start']) {
  const larger = new (column.constructor as Float64ArrayConstructor)(column.length + 8)
  larger.set(column)
  return larger
}

function onSharedMemory(column: Columns['id' | 'kind' | 'start']): unknown {
  const Column = column.constructor as new (buffer: SharedArrayBuffer) => typeof column
  const shared = new Column(new SharedArrayBuffer(column.byteLength))
  shared.set(column)
  return shared
}

test('takes columns on a buffer each, and all on one', async () => {
  const columns = await makeColumns()
  const apart = Object.fromEntries(NUMBERS.map(key => [key, columns[key].slice()]))
  expect(new Set(NUMBERS.map(key => columns[key].buffer)).size).toBe(1)
  expect(isOperationColumns({ ...columns, ...apart })).toBe(true)
})

test('refuses columns that leave a part of their buffers to something else', async () => {
  const columns = await makeColumns()
  expect(isOperationColumns({ ...columns, parent: columns.parent.slice() })).toBe(false)
  const more = new ArrayBuffer(columns.id.buffer.byteLength + 8)
  const moved = (key: (typeof NUMBERS)[number]) =>
    new (columns[key].constructor as Float64ArrayConstructor)(more, columns[key].byteOffset, columns[key].length)
  const larger = { ...columns, ...Object.fromEntries(NUMBERS.map(key => [key, moved(key)])) } as Columns
  for (const key of NUMBERS) larger[key].set(columns[key])
  expect(isOperationColumns(larger)).toBe(false)
})

test.each<[string, (columns: Columns) => void]>([
  ['an unknown kind', ({ kind }) => kind.fill(200, 0, 1)],
  ['an unknown outcome', ({ outcome }) => outcome.fill(4, 0, 1)],
  ['a name that is not there', ({ name, strings }) => name.fill(strings.length, 0, 1)],
  ['a start that is no number', ({ start }) => start.fill(Number.NaN, 0, 1)],
  ['an endless start', ({ start }) => start.fill(Number.POSITIVE_INFINITY, 0, 1)],
  ['a negative duration', ({ duration }) => duration.fill(-1, 0, 1)],
  ['an endless duration', ({ duration }) => duration.fill(Number.POSITIVE_INFINITY, 0, 1)],
  ['an ended operation without duration', ({ duration }) => duration.fill(Number.NaN, 0, 1)],
  ['a pending operation with a duration', ({ duration }) => duration.fill(1, 4)],
  ['a string that is none', ({ strings }) => strings.splice(0, 1, 5 as unknown as string)],
  ['a hole among the strings', ({ strings }) => void delete strings[1]],
  ['a string of 10 MB', ({ strings }) => strings.push('x'.repeat(10_000_000))],
  ['a name that is just too long', ({ strings }) => strings.push('x'.repeat(MAX_FOREIGN_NAME_LENGTH + 1))],
  ['a hole among the details', ({ details }) => void delete details[0]],
  ['a detail of no row', ({ details }) => details.push([99, {}])],
  ['a detail of a negative row', ({ details }) => details.push([-1, {}])],
  ['a detail of half a row', ({ details }) => details.push([0.5, {}])],
  ['a detail that is no pair', ({ details }) => details.push([0] as unknown as [number, object])],
  ['a detail that is null', ({ details }) => details.push([0, null as unknown as object])],
])('refuses %s', async (_, change) => {
  const columns = await makeColumns()
  change(columns)
  expect(isOperationColumns(columns)).toBe(false)
})
