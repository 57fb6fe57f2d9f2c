// Test (Node): what waits to be stored is bounded, and what makes way is counted.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRequestQueue } from '../../../../extension/devtools/request-queue.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const MAX = 10

const requestAt = (startTime: number): NetworkRequest => ({
  url: '/',
  method: 'GET',
  status: 200,
  type: 'fetch',
  startTime,
  duration: 1,
  phases: {},
})

test('gives all in order, or says how many it does not, however often they can’t be stored', () => {
  const step = fc.record({
    added: fc.integer({ min: 0, max: 3 * MAX }),
    meanwhile: fc.integer({ min: 0, max: 3 * MAX }),
    stored: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), steps => {
      const waiting = createRequestQueue(MAX)
      let time = 0
      let lost = 0
      const stored: number[] = []
      for (const { added, meanwhile, stored: isStored } of [...steps, { added: 0, meanwhile: 0, stored: true }]) {
        for (let i = 0; i < added; i++) waiting.add(requestAt(time++))
        const taken = waiting.take(0)
        for (let i = 0; i < meanwhile; i++) waiting.add(requestAt(time++))
        expect(taken.requests.length).toBeLessThanOrEqual(MAX)
        if (!isStored) {
          waiting.putBack(taken)
          continue
        }
        if (taken.dropped) {
          const { count, startTime, endTime } = taken.dropped
          lost += count
          expect(endTime - startTime + 1).toBeGreaterThanOrEqual(count)
        }
        stored.push(...taken.requests.map(request => request.startTime))
      }
      expect(stored.length + lost).toBe(time)
      expect(stored).toEqual(stored.toSorted((a, b) => a - b))
    }),
  )
})

test('leaves out what had ended before the session began, but for the document that it begins with', () => {
  const waiting = createRequestQueue(MAX)
  const [before, during, after] = [requestAt(10), { ...requestAt(10), duration: 50 }, requestAt(40)]
  const document = { ...requestAt(12), type: 'document' }
  for (const request of [before, during, document, after]) waiting.add(request)
  expect(waiting.take(30).requests).toEqual([during, document, after])
  expect(waiting.take(0).requests).toEqual([])
})
