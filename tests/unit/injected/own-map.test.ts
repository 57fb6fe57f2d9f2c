import './page-globals.ts'

import { afterEach, expect, test, vi } from 'vitest'
import { nextOf, OwnMap } from '../../../injected/own-map.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('is a Map, and knows its first key', () => {
  const map = new OwnMap<string, number>()
  map.set('a', 1).set('b', 2)
  map.delete('a')
  map.set('a', 3)
  expect([map.size, map.get('a'), map.has('c'), map.firstKey()]).toEqual([2, 3, false, 'b'])
  const seen: string[] = []
  map.forEach((value, key) => {
    seen.push(key + value)
  })
  expect(seen).toEqual(['b2', 'a3'])
  const values = map.values()
  expect([nextOf(values), nextOf(values), nextOf(values)]).toEqual([2, 3, undefined])
  map.clear()
  expect(map.firstKey()).toBeUndefined()
})

test('does not call what a page has put on Map.prototype or its iterators', () => {
  const iterator = Object.getPrototypeOf(new Map().keys()) as Iterator<unknown>
  const replaced = [
    ...(['get', 'set', 'has', 'delete', 'keys', 'values', 'forEach'] as const).map(name =>
      vi.spyOn(Map.prototype, name),
    ),
    vi.spyOn(iterator, 'next'),
  ]
  const map = new OwnMap<string, number>()
  map.set('a', 1)
  const first = map.firstKey()
  map.forEach(() => {})
  const got = [map.get('a'), map.has('a'), nextOf(map.values()), map.delete('a'), map.size]
  const calls = replaced.map(({ mock }) => mock.calls.length)
  vi.restoreAllMocks()
  expect([first, ...got]).toEqual(['a', 1, true, 1, true, 0])
  expect(calls).toEqual(calls.map(() => 0))
})
