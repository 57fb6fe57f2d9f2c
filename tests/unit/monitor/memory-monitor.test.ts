import { afterEach, describe, expect, test, vi } from 'vitest'
import { exportSession } from '../../../monitor/export-session.ts'
import { memoryApi, readUsedBytes } from '../../../monitor/heap.ts'
import { MAX_SNAPSHOTS, MemoryMonitor } from '../../../monitor/memory-monitor.ts'
import { openRegistry, type Source } from '../../../monitor/registry.ts'
import type { SessionFile } from '../../../session/format.ts'
import { schemaErrors } from '../../browser/session-schema.ts'

const nativeMemoryUsage = process.memoryUsage

/** What Chromium reports, or nothing. */
function setBrowserMemory(usedJSHeapSize: number | undefined): void {
  const value = usedJSHeapSize === undefined ? undefined : { usedJSHeapSize }
  Object.defineProperty(performance, 'memory', { value, configurable: true })
}

afterEach(() => {
  process.memoryUsage = nativeMemoryUsage
  Reflect.deleteProperty(performance, 'memory')
})

describe('reads', () => {
  test('process.memoryUsage in Node', () => {
    expect(memoryApi()).toBe('process.memoryUsage')
    process.memoryUsage = Object.assign(() => ({ ...nativeMemoryUsage(), heapUsed: 5_000 }), nativeMemoryUsage)
    expect(readUsedBytes()).toBe(5_000)
  })

  test('performance.memory in Chromium', () => {
    setBrowserMemory(7_000)
    expect(memoryApi()).toBe('performance.memory')
    const memory = new MemoryMonitor()
    memory.takeSnapshot('a')
    setBrowserMemory(9_500)
    memory.takeSnapshot('b')
    expect(memory.compareSnapshots('a', 'b')).toBe(2_500)
    expect(memory.compareSnapshots('b', 'a')).toBe(-2_500)
  })

  test('nothing where the platform reports no heap size, and says so', () => {
    Reflect.set(process, 'memoryUsage', undefined)
    expect([memoryApi(), readUsedBytes()]).toEqual([undefined, undefined])
    const memory = MemoryMonitor.getInstance()
    memory.takeSnapshot('none')
    expect(memory.getSnapshots().find(({ label }) => label === 'none')).toHaveProperty('usedBytes', undefined)
    expect(() => memory.compareSnapshots('none', 'none')).toThrow(/"none".*does not report the size/)
    const file: SessionFile = JSON.parse(exportSession())
    expect(file.availability.memory).toBe('not available')
    expect(file.snapshots.find(({ label }) => label === 'none')).not.toHaveProperty('usedBytes')
    expect(schemaErrors(file)).toEqual([])
  })

  test('nothing from a bundler’s process without memoryUsage', () => {
    vi.stubGlobal('process', { env: {} })
    const read = [memoryApi(), readUsedBytes()]
    vi.unstubAllGlobals()
    expect(read).toEqual([undefined, undefined])
  })
})

describe('labels', () => {
  test('that are unknown cause an error that lists the known ones', () => {
    const memory = new MemoryMonitor()
    expect(() => memory.compareSnapshots('a', 'b')).toThrow(/"a"; there are: none/)
    memory.takeSnapshot('a')
    memory.takeSnapshot('"quoted"')
    expect(() => memory.compareSnapshots('a', 'b')).toThrow(/"b"; there are: "a", "\\"quoted\\""/)
    expect(() => memory.compareSnapshots('toString', 'a')).toThrow(/"toString"/)
  })

  test('taken again replace the earlier reading', () => {
    const memory = new MemoryMonitor()
    setBrowserMemory(1)
    memory.takeSnapshot('a')
    memory.takeSnapshot('b')
    setBrowserMemory(5)
    memory.takeSnapshot('a')
    expect(memory.compareSnapshots('b', 'a')).toBe(4)
    expect(memory.getSnapshots().map(({ label }) => label)).toEqual(['b', 'a'])
  })

  test('can be long, or other values than strings', () => {
    const memory = new MemoryMonitor()
    const long = 'x'.repeat(1_000_000)
    for (const label of [long, 5, null, Symbol('s')]) {
      memory.takeSnapshot(label as string)
      expect(memory.compareSnapshots(label as string, label as string)).toBe(0)
    }
    expect(memory.getSnapshots()[0]?.label.length).toBeLessThan(3_000)
  })

  test('are bounded in number: the oldest is removed', () => {
    const memory = new MemoryMonitor()
    for (let i = 0; i < MAX_SNAPSHOTS + 5; i++) memory.takeSnapshot(`s${i}`)
    expect(memory.getSnapshots()).toHaveLength(MAX_SNAPSHOTS)
    expect(() => memory.compareSnapshots('s4', 's5')).toThrow('"s4"')
    expect(memory.compareSnapshots('s5', 's5')).toBe(0)
  })
})

test.each<[string, (monitor: MemoryMonitor) => MemoryMonitor]>([
  ['a Proxy', monitor => new Proxy(monitor, {})],
  ['a Proxy that reads for itself', monitor => new Proxy(monitor, { get: (target, key) => Reflect.get(target, key) })],
  ['an object that inherits', monitor => Object.create(monitor)],
])('works behind %s', (_, create) => {
  const memory = new MemoryMonitor()
  const proxy = create(memory)
  proxy.takeSnapshot('a')
  memory.takeSnapshot('b')
  expect(proxy.compareSnapshots('a', 'b')).toBe(memory.compareSnapshots('a', 'b'))
  expect(proxy.getSnapshots()).toEqual(memory.getSnapshots())
})

test('gives each snapshot to a recorder once, also those taken before it came', () => {
  const memory = MemoryMonitor.getInstance()
  memory.takeSnapshot('early')
  const [source] = openRegistry().sources as [Source]
  let news = 0
  source.listen(() => news++)
  expect(news).toBe(1)
  expect(source.read(10).snapshots?.at(-1)).toMatchObject({ label: 'early', usedBytes: expect.any(Number) })
  memory.takeSnapshot('late')
  expect(news).toBe(2)
  expect(source.read(10).snapshots).toMatchObject([{ label: 'late' }])
  expect(source.read(10).snapshots).toEqual([])
  for (let i = 0; i < MAX_SNAPSHOTS + 3; i++) memory.takeSnapshot('many')
  expect(source.read(10)).toMatchObject({ lost: 3, snapshots: { length: MAX_SNAPSHOTS } })
  source.listen(undefined)
})

test('gives epoch times with fractions of a millisecond', () => {
  const memory = new MemoryMonitor()
  for (let i = 0; i < 20; i++) memory.takeSnapshot(`s${i}`)
  const times = memory.getSnapshots().map(({ takenAt }) => takenAt)
  expect(times.some(time => !Number.isInteger(time))).toBe(true)
  expect(Math.abs((times[0] as number) - (performance.timeOrigin + performance.now()))).toBeLessThan(10_000)
})
