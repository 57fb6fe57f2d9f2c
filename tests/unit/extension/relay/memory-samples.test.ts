// Test (Node): the heap is read at a steady pace, bounded while nothing can be stored.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  createMemorySamples,
  FINE_INTERVAL,
  FINE_SAMPLES,
  MAX_WAITING_SAMPLES,
  SAMPLE_INTERVAL,
} from '../../../../extension/relay/memory-samples.ts'
import type { RawBatch } from '../../../../wire/batch.ts'

const figures = { usedJSHeapSize: 1, totalJSHeapSize: 2, jsHeapSizeLimit: 3 }
const emptyBatch = (): RawBatch => ({ operations: [], memory: [], snapshots: [], losses: [] })

beforeEach(() => {
  vi.stubGlobal('window', { top: undefined })
  Object.assign(window, { top: window })
  Object.defineProperty(performance, 'memory', { value: figures, configurable: true })
})
afterEach(() => {
  vi.unstubAllGlobals()
  Reflect.deleteProperty(performance, 'memory')
})

/** Samples whose next task runs when `tick` is called. */
function createTicking() {
  let next: (() => void) | undefined
  let reported = 0
  let waitedFor = 0
  const samples = createMemorySamples(
    () => void reported++,
    (task, delay) => {
      waitedFor = delay
      next = task
    },
  )
  const tick = (): void => {
    const task = next
    next = undefined
    task?.()
  }
  return { samples, tick, reported: () => reported, waitedFor: () => waitedFor, idle: () => next === undefined }
}

test('takes the first sample immediately, and reports from the second on', () => {
  const { samples, tick, reported } = createTicking()
  samples.record(true)
  samples.record(true)
  expect([samples.waiting, reported()]).toEqual([1, 0])
  tick()
  expect([samples.waiting, reported()]).toEqual([2, 1])
  const batch = { ...emptyBatch(), memory: [{ ...figures, time: 7, source: 'performance.memory' as const }] }
  samples.moveTo(batch)
  expect(batch.memory.map(({ time, ...rest }) => rest)).toEqual(
    [0, 1].map(() => ({ ...figures, source: 'performance.memory' })),
  )
  expect(batch.memory.every(({ time }) => time > 7)).toBe(true)
  expect([samples.waiting, batch.losses]).toEqual([0, []])
})

test('takes none while switched off, and one an interval when on again', () => {
  const { samples, tick, idle } = createTicking()
  samples.record(true)
  samples.record(false)
  tick()
  expect([samples.waiting, idle()]).toEqual([1, true])
  samples.record(true)
  tick()
  expect(samples.waiting).toBe(3)
})

test('keeps the latest while none can be stored, and counts the rest', () => {
  const { samples, tick } = createTicking()
  samples.record(true)
  for (let i = 0; i < MAX_WAITING_SAMPLES + 9; i++) tick()
  const batch = emptyBatch()
  samples.moveTo(batch)
  expect(batch.memory).toHaveLength(MAX_WAITING_SAMPLES)
  expect(batch.losses).toEqual([{ reason: 'samples', count: 10 }])
})

test('reads more often for a while when asked to, and reports as often as before', () => {
  const { samples, tick, reported, waitedFor } = createTicking()
  samples.refine()
  samples.record(true)
  expect(waitedFor()).toBe(SAMPLE_INTERVAL)
  samples.refine()
  samples.refine()
  for (let i = 1; i < FINE_SAMPLES; i++) {
    expect(waitedFor()).toBe(FINE_INTERVAL)
    tick()
  }
  samples.refine()
  for (let i = 0; i < FINE_SAMPLES; i++) tick()
  expect(waitedFor()).toBe(SAMPLE_INTERVAL)
  expect(samples.waiting).toBe(2 * FINE_SAMPLES)
  expect(reported()).toBe(Math.floor(((2 * FINE_SAMPLES - 1) * FINE_INTERVAL) / SAMPLE_INTERVAL))
})

test('counts what reading the heap takes as overhead', () => {
  const { samples, tick } = createTicking()
  samples.record(true)
  tick()
  const [first, second] = [{ ...emptyBatch(), overheadMs: 2 }, emptyBatch()]
  samples.moveTo(first)
  expect(first.overheadMs).toBeGreaterThan(2)
  samples.moveTo(second)
  expect(second.overheadMs).toBeUndefined()
})

test('reads nothing in a frame, nor where there is no such figure', () => {
  const { samples, idle } = createTicking()
  Reflect.deleteProperty(performance, 'memory')
  samples.record(true)
  Object.defineProperty(performance, 'memory', { value: figures, configurable: true })
  Object.assign(window, { top: {} })
  samples.record(true)
  expect([samples.waiting, idle()]).toEqual([0, true])
})
