import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchUnfinishedRequests } from '../../../extension/unfinished-requests.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function createWatch(unanswered: boolean) {
  const times: number[] = []
  const watch = watchUnfinishedRequests(async () => {
    times.push(performance.now() - start)
    return { unanswered }
  })
  const start = performance.now()
  return { watch, times }
}

test('looks a few times after a request, the last time when it must be listed', async () => {
  const { watch, times } = createWatch(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times).toEqual([])
  watch.expect()
  watch.expect()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times.map(time => time - 60_000)).toEqual([250, 750, 1_750, 3_750])
  watch.expect()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times).toHaveLength(8)
})

test('goes on, ever more rarely, while there is no response', async () => {
  const { watch, times } = createWatch(true)
  watch.expect()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(times.length).toBeGreaterThan(8)
  expect(times.length).toBeLessThan(20)
  watch.stop()
  const { length } = times
  await vi.advanceTimersByTimeAsync(120_000)
  expect(times).toHaveLength(length)
})

test('takes little of the time, however long a look takes', async () => {
  let looks = 0
  const watch = watchUnfinishedRequests(async () => {
    looks++
    await new Promise(resolve => setTimeout(resolve, 1_000))
    return { unanswered: true }
  })
  watch.expect()
  await vi.advanceTimersByTimeAsync(100_000)
  expect(looks).toBeLessThanOrEqual(5)
  watch.stop()
})
