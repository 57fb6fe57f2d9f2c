import { computed, signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { createPacedSignal } from '../../../../panel/kit/paced-signal.ts'

const INTERVAL = 30

test('follows at most so often, and comes to the latest value', async () => {
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

test('follows at once after a rest', async () => {
  const source = signal('before')
  const { paced, stop } = createPacedSignal(source, INTERVAL)
  const rested = performance.now() + INTERVAL
  await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(rested))
  source.value = 'after'
  expect(paced.value).toBe('after')
  stop()
})

test('is behind in one and the same moment for all who look', async () => {
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
