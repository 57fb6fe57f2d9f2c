import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchUnfinishedRequests } from '../../../../extension/devtools/unfinished-requests.ts'

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

test.each([
  [100, [250, 5_350, 10_450]],
  [2_000, [250, 17_250, 34_250]],
])('takes little of the time where a look takes %i ms, and looks at least each 15 s', async (took, expected) => {
  const times: number[] = []
  const begun = performance.now()
  const watch = watchUnfinishedRequests(async () => {
    times.push(performance.now() - begun)
    await new Promise(resolve => setTimeout(resolve, took))
    return { unanswered: true }
  })
  watch.expect()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(times.slice(0, 3)).toEqual(expected)
  watch.stop()
})
