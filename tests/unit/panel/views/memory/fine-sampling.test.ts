// Test (Node): the page is asked to read its heap more often, for as long as that is wanted.
import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { REQUEST_INTERVAL, sampleFinely } from '../../../../../panel/views/memory/fine-sampling.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('asks at once and each second while it is wanted, and never after it was stopped', () => {
  const wanted = signal(false)
  const request = vi.fn()
  const stop = sampleFinely(() => wanted.value, request)
  vi.advanceTimersByTime(3 * REQUEST_INTERVAL)
  expect(request).toHaveBeenCalledTimes(0)
  wanted.value = true
  expect(request).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(3 * REQUEST_INTERVAL)
  expect(request).toHaveBeenCalledTimes(4)
  wanted.value = false
  vi.advanceTimersByTime(3 * REQUEST_INTERVAL)
  expect(request).toHaveBeenCalledTimes(4)
  wanted.value = true
  stop()
  vi.advanceTimersByTime(3 * REQUEST_INTERVAL)
  expect([request.mock.calls.length, vi.getTimerCount()]).toEqual([5, 0])
})
