import { describe, expect, test } from 'vitest'
import { JOIN_TOLERANCE, NetworkJoin } from '../../../../model/session/network-join.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const URL = 'https://shop.example/api'

function requestOf(change: Partial<NetworkRequest> = {}): NetworkRequest {
  return { url: URL, method: 'GET', status: 200, type: 'fetch', startTime: 1_000, duration: 10, phases: {}, ...change }
}

function createJoin() {
  const joined: [row: number, status: number, elapsed: number][] = []
  const join = new NetworkJoin((row, { status }, elapsed) => joined.push([row, status, elapsed]))
  return { join, joined }
}

test.each(['operation first', 'request first'])('joins by kind, method, URL and start: %s', order => {
  const { join, joined } = createJoin()
  const steps = [() => join.addOperation(1, 'fetch', 'GET', `${URL}#part`, 1_000.4), () => join.addRequest(requestOf())]
  for (const step of order === 'operation first' ? steps : steps.reverse()) step()
  expect(joined).toEqual([[1, 200, 0]])
  expect(join.unjoinedRequests()).toEqual([])
  expect(join.unjoined).toBe(0)
})

test.each<[string, Partial<NetworkRequest>]>([
  ['another method', { method: 'POST' }],
  ['another URL', { url: `${URL}?` }],
  ['another kind', { type: 'xhr' }],
  ['an image', { type: 'image' }],
  ['a preflight', { type: 'preflight' }],
  ['a navigation', { type: 'document' }],
  ['another time', { startTime: 1_001 + JOIN_TOLERANCE }],
])('does not join %s', (_, change) => {
  const { join, joined } = createJoin()
  join.addOperation(1, 'fetch', 'GET', URL, 1_000)
  join.addRequest(requestOf(change))
  expect(joined).toEqual([])
  expect(join.unjoinedRequests()).toEqual([requestOf(change)])
  expect(join.unjoined).toBe(1)
})

test('joins a request of a type that DevTools does not know to any operation', () => {
  const { join, joined } = createJoin()
  join.addOperation(1, 'xhr', 'GET', URL, 1_000)
  join.addRequest(requestOf({ type: 'other' }))
  expect(joined).toEqual([[1, 200, 0]])
})

test('gives each of several alike the nearest by start', () => {
  const { join, joined } = createJoin()
  for (const row of [0, 1, 2]) join.addOperation(row, 'fetch', 'GET', URL, 1_000 + row * 20)
  for (const row of [2, 0, 1]) join.addRequest(requestOf({ startTime: 1_001 + row * 20, status: 200 + row }))
  expect(joined).toEqual([
    [2, 202, 0],
    [0, 200, 0],
    [1, 201, 0],
  ])
})

test('tells what DevTools alone saw by start', () => {
  const { join } = createJoin()
  for (const [type, startTime] of [
    ['fetch', 3],
    ['image', 1],
    ['fetch', 2],
  ] as const) {
    join.addRequest(requestOf({ type, startTime }))
  }
  expect(join.unjoinedRequests().map(({ startTime }) => startTime)).toEqual([1, 2, 3])
})

test('tells an unfinished request again when it has finished, to the same operation', () => {
  const { join, joined } = createJoin()
  join.addOperation(1, 'fetch', 'GET', URL, 1_000)
  join.addRequest(requestOf({ unfinished: true }))
  join.addOperation(2, 'fetch', 'GET', URL, 1_001)
  join.addRequest(requestOf({ duration: 500 }))
  expect(joined).toEqual([
    [1, 200, 0],
    [1, 200, 0],
  ])
  expect(join.unjoined).toBe(0)
})

describe('a redirect', () => {
  const hop = requestOf({ status: 302, redirectUrl: `${URL}/next`, duration: 300 })
  const next = requestOf({ url: `${URL}/next`, startTime: 1_300 })

  test.each(['in order', 'the last first'])('goes on with the next request, %s', order => {
    const { join, joined } = createJoin()
    if (order === 'the last first') join.addRequest(next)
    join.addOperation(1, 'fetch', 'GET', URL, 1_000)
    join.addRequest(hop)
    if (order === 'in order') join.addRequest(next)
    expect(joined).toEqual([
      [1, 302, 0],
      [1, 200, 300],
    ])
    expect(join.unjoined).toBe(0)
  })

  test('counts from the first request through all hops', () => {
    const { join, joined } = createJoin()
    join.addOperation(1, 'fetch', 'GET', URL, 1_000)
    join.addRequest(hop)
    join.addRequest({ ...next, status: 307, redirectUrl: `${URL}/last`, duration: 100 })
    join.addRequest(requestOf({ url: `${URL}/last`, startTime: 1_400 }))
    expect(joined.at(-1)).toEqual([1, 200, 400])
  })

  test.each([
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [302, 'POST', 'GET'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
  ])('of status %i makes %s into %s', (status, method, then) => {
    const { join, joined } = createJoin()
    join.addOperation(1, 'fetch', method, URL, 1_000)
    join.addRequest({ ...hop, status, method })
    join.addRequest({ ...next, method: then })
    expect(joined).toHaveLength(2)
  })
})
