import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchUnfinishedRequests } from '../../../../extension/devtools/unfinished-requests.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function createWatch(expectsMore: boolean) {
  const times: number[] = []
  const watch = watchUnfinishedRequests(async () => {
    times.push(performance.now() - start)
    return { entries: 0, expectsMore }
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
  [10, [250, 750]],
  [500, [250, 2_250, 4_250]],
  [100_000, [250, 15_250, 30_250]],
])(
  'takes little of the time where DevTools lists %i requests, and looks at least each 15 s',
  async (entries, expected) => {
    const times: number[] = []
    const begun = performance.now()
    const watch = watchUnfinishedRequests(async () => {
      times.push(performance.now() - begun)
      return { entries, expectsMore: true }
    })
    watch.expect()
    await vi.advanceTimersByTimeAsync(40_000)
    expect(times.slice(0, expected.length)).toEqual(expected)
    watch.stop()
  },
)

test('looks as often on a busy machine, where each look takes long', async () => {
  const times: number[] = []
  const begun = performance.now()
  const watch = watchUnfinishedRequests(async () => {
    times.push(performance.now() - begun)
    await new Promise(resolve => setTimeout(resolve, 300))
    return { entries: 10, expectsMore: false }
  })
  watch.expect()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(times).toEqual([250, 1_050, 2_350, 4_650])
})

test('does not let a new request wait for a look that is far off', async () => {
  const { watch, times } = createWatch(true)
  watch.expect()
  await vi.advanceTimersByTimeAsync(20_000)
  const { length } = times
  watch.expect()
  await vi.advanceTimersByTimeAsync(250)
  expect(times).toHaveLength(length + 1)
  watch.stop()
})

test('looks while requests come all the time', async () => {
  const { watch, times } = createWatch(false)
  const requests = setInterval(() => watch.expect(), 100)
  await vi.advanceTimersByTimeAsync(3_000)
  clearInterval(requests)
  watch.stop()
  expect(times.length).toBeGreaterThan(5)
})
