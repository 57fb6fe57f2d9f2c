import './page-globals.ts'

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCall, type RequestCall } from '../../../injected/request-call.ts'
import { createRequestMatcher, MAX_AWAITED_REQUESTS } from '../../../injected/request-matcher.ts'

const URL = 'https://host/a'

function callAt(id: number, start: number, called = start + 1, kind: RequestCall['kind'] = 'fetch'): RequestCall {
  return { ...createCall(id, kind, start, called), url: URL }
}

test('gives an entry to the one call that encloses its start', () => {
  const matcher = createRequestMatcher()
  const calls = [callAt(1, 0), callAt(2, 10), callAt(3, 20)]
  for (const call of calls) matcher.add(call, URL)
  expect(matcher.take('fetch', URL, 10.5)).toEqual({ call: calls[1], inferred: false })
  expect(matcher.take('fetch', URL, 20)).toEqual({ call: calls[2], inferred: false })
  expect(matcher.take('fetch', URL, 1)).toEqual({ call: calls[0], inferred: false })
  expect(matcher.take('fetch', URL, 1)).toBeUndefined()
})

test('says so when several calls could own an entry', () => {
  const matcher = createRequestMatcher()
  const calls = [callAt(1, 5, 6), callAt(2, 5, 6)]
  for (const call of calls) matcher.add(call, URL)
  expect(matcher.take('fetch', URL, 5.5)).toEqual({ call: calls[0], inferred: true })
  expect(matcher.take('fetch', URL, 5.5)).toEqual({ call: calls[1], inferred: false })
})

test('gives an entry that starts later to the latest call before it', () => {
  const matcher = createRequestMatcher()
  const calls = [callAt(1, 0), callAt(2, 10)]
  for (const call of calls) matcher.add(call, URL)
  expect(matcher.take('fetch', URL, 50)).toEqual({ call: calls[1], inferred: true })
  expect(matcher.take('fetch', URL, 50)).toEqual({ call: calls[0], inferred: false })
})

test('gives nothing to an entry before all calls, of another URL or of another kind', () => {
  const matcher = createRequestMatcher()
  matcher.add(callAt(1, 10), URL)
  expect(matcher.take('fetch', URL, 9)).toBeUndefined()
  expect(matcher.take('fetch', `${URL}?`, 10.5)).toBeUndefined()
  expect(matcher.take('xhr', URL, 10.5)).toBeUndefined()
  expect(matcher.take('fetch', URL, 10.5)).toBeDefined()
})

test('gives up the oldest call of all when there are too many, whatever its URL', () => {
  const matcher = createRequestMatcher()
  const polled = [callAt(1, 1), callAt(3, 3)]
  const slow = callAt(2, 2)
  matcher.add(polled[0] as RequestCall, 'https://host/polled')
  matcher.add(slow, 'https://host/slow')
  matcher.add(polled[1] as RequestCall, 'https://host/polled')
  matcher.take('fetch', 'https://host/polled', 1.5)
  for (let id = 4; id < MAX_AWAITED_REQUESTS + 2; id++) expect(matcher.add(callAt(id, id), URL)).toBeUndefined()
  expect(matcher.add(callAt(90_000, 90_000), URL)).toBe(slow)
  expect(matcher.add(callAt(90_001, 90_001), URL)).toBe(polled[1])
  expect(matcher.take('fetch', 'https://host/slow', 2.5)).toBeUndefined()
})

test('loses no call and gives none twice', () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant('add' as const), url: fc.constantFrom('a', 'b'), took: fc.nat(3) }),
    fc.record({ type: fc.constant('take' as const), url: fc.constantFrom('a', 'b'), ago: fc.nat(10) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const matcher = createRequestMatcher()
      const awaited = new Map<RequestCall, string>()
      let time = 0
      for (const item of steps) {
        if (item.type === 'add') {
          const call = callAt(++time, time, time + item.took)
          time += item.took
          awaited.set(call, item.url)
          expect(matcher.add(call, item.url)).toBeUndefined()
        } else {
          const start = time - item.ago
          const match = matcher.take('fetch', item.url, start)
          const candidates = [...awaited].filter(([call, url]) => url === item.url && call.start <= start)
          expect(match !== undefined).toBe(candidates.length > 0)
          if (!match) continue
          expect(candidates.map(([call]) => call)).toContain(match.call)
          expect(awaited.delete(match.call)).toBe(true)
        }
      }
    }),
  )
})
