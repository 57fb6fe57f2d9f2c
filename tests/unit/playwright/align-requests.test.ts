import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CallStarts } from '../../../playwright/align-requests.ts'
import type { NetworkRequest } from '../../../wire/network.ts'

function request(startTime: number, url = 'https://a.example/x', method = 'GET'): NetworkRequest {
  return { url, method, status: 200, type: 'fetch', startTime, duration: 10, phases: { queued: 1 } }
}

describe('aligning requests to their calls', () => {
  test('gives a request the start of its call, and adds the time between to its queue', () => {
    const calls = new CallStarts()
    calls.add('GET', 'https://a.example/x', 1_000)
    expect(calls.align([request(1_007)])).toEqual([{ ...request(1_000), duration: 17, phases: { queued: 8 } }])
  })

  test('leaves a request alone that no call is known of', () => {
    const calls = new CallStarts()
    calls.add('GET', 'https://a.example/x', 1_000)
    calls.add('POST', 'https://a.example/y', 1_000)
    const others = [request(1_005, 'https://a.example/y'), request(990), request(9_000)]
    expect(calls.align(others)).toEqual([...others].sort((a, b) => a.startTime - b.startTime))
  })

  test('takes requests of one URL in the order of their calls, however late the network took them on', () => {
    const delays = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 50 }), delay: fc.integer({ min: 0, max: 80 }) }),
      {
        minLength: 1,
        maxLength: 30,
      },
    )
    fc.assert(
      fc.property(delays, list => {
        const calls = new CallStarts()
        let start = 10_000
        let taken = 0
        const starts: number[] = []
        const requests = list.map(({ gap, delay }) => {
          start += gap
          starts.push(start)
          calls.add('GET', 'https://a.example/x', start)
          taken = Math.max(taken, start + delay)
          return request(taken)
        })
        expect(calls.align(requests).map(({ startTime }) => startTime)).toEqual(starts)
      }),
    )
  })
})
