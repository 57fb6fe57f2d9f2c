import { expect, test, vi } from 'vitest'
import { createPacedCall } from '../../../panel/state/paced-call.ts'

test('calls at once, and then at most once in each interval', async () => {
  const times: number[] = []
  const { request, stop } = createPacedCall(() => times.push(performance.now()), 30)
  request()
  expect(times).toHaveLength(1)
  for (let i = 0; i < 5; i++) request()
  expect(times).toHaveLength(1)
  await vi.waitFor(() => expect(times).toHaveLength(2))
  expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(29)
  // The first is called at once where the machine was slow to get here.
  request()
  request()
  stop()
  const called = times.length
  const later: number[] = []
  const other = createPacedCall(() => later.push(performance.now()), 40)
  other.request()
  other.request()
  await vi.waitFor(() => expect(later).toHaveLength(2))
  expect(times).toHaveLength(called)
})
