import { computed, signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { createPacedCall, createPacedSignal } from '../../../../panel/kit/pacing.ts'

const INTERVAL = 30

test('calls immediately, and then at most once in each interval', async () => {
  const times: number[] = []
  const { request } = createPacedCall(() => times.push(performance.now()), INTERVAL)
  request()
  expect(times).toHaveLength(1)
  for (let i = 0; i < 5; i++) request()
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(1))
  const waits = times.slice(1).map((time, i) => time - (times[i] as number))
  // Node rounds timers down to milliseconds, and starts them from a time that may be a millisecond old.
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(INTERVAL - 2)
})

test('does not call after it is stopped', async () => {
  const stopped: number[] = []
  const { request, stop } = createPacedCall(() => stopped.push(performance.now()), INTERVAL)
  request()
  request()
  stop()
  const called = stopped.length
  const other: number[] = []
  const going = createPacedCall(() => other.push(performance.now()), 2 * INTERVAL)
  going.request()
  going.request()
  await vi.waitFor(() => expect(other).toHaveLength(2))
  expect(stopped).toHaveLength(called)
})

test('changes at most once in each interval, and ends at the latest value', async () => {
  const source = signal(0)
  const { paced, stop } = createPacedSignal(source, INTERVAL)
  const seen: number[] = []
  const stopSeeing = paced.subscribe(value => void seen.push(value))
  for (let i = 1; i <= 20; i++) source.value = i
  expect(paced.value).toBe(0)
  await vi.waitFor(() => expect(paced.value).toBe(20))
  expect(seen).toEqual([0, 20])
  stopSeeing()
  stop()
})

test('changes immediately after a pause', async () => {
  const source = signal('before')
  const { paced, stop } = createPacedSignal(source, INTERVAL)
  const rested = performance.now() + INTERVAL
  await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(rested))
  source.value = 'after'
  expect(paced.value).toBe('after')
  stop()
})

test('has one value for all readers at any time', async () => {
  const source = signal(1)
  const { paced, stop } = createPacedSignal(source, INTERVAL)
  const behind = computed(() => source.value !== paced.value)
  source.value = 2
  expect(behind.value).toBe(true)
  await vi.waitFor(() => expect(behind.value).toBe(false))
  stop()
  source.value = 3
  expect(behind.value).toBe(true)
})
