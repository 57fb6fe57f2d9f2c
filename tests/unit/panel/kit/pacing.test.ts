import { expect, test, vi } from 'vitest'
import { createPacedCall } from '../../../../panel/kit/paced-call.ts'

const INTERVAL = 30

test('calls at once, and then at most once in each interval', async () => {
  const times: number[] = []
  const { request } = createPacedCall(() => times.push(performance.now()), INTERVAL)
  request()
  expect(times).toHaveLength(1)
  for (let i = 0; i < 5; i++) request()
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(1))
  const waits = times.slice(1).map((time, i) => time - (times[i] as number))
  // Node cuts a wait to whole milliseconds, and counts it from a time that may be one old.
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(INTERVAL - 2)
})

test('calls no more once it is stopped', async () => {
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
