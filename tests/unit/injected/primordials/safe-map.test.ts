import '../page-globals.ts'

import { afterEach, expect, test, vi } from 'vitest'
import { SafeMap } from '../../../../injected/primordials/safe-map.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('is a Map', () => {
  const map = new SafeMap<string, number>()
  map.set('a', 1).set('b', 2)
  map.delete('a')
  map.set('a', 3)
  expect([map.size, map.get('a'), map.has('c')]).toEqual([2, 3, false])
  const seen: string[] = []
  map.forEach((value, key) => {
    seen.push(key + value)
  })
  expect(seen).toEqual(['b2', 'a3'])
  map.clear()
  expect(map.size).toBe(0)
})

test('does not call what a page has put on Map.prototype', () => {
  const names = ['get', 'set', 'has', 'delete', 'keys', 'values', 'forEach'] as const
  const replaced = names.map(name => vi.spyOn(Map.prototype, name))
  const map = new SafeMap<string, number>()
  map.set('a', 1)
  map.forEach(() => {})
  const got = [map.get('a'), map.has('a'), map.delete('a'), map.size]
  const calls = replaced.map(({ mock }) => mock.calls.length)
  vi.restoreAllMocks()
  expect(got).toEqual([1, true, true, 0])
  expect(calls).toEqual(calls.map(() => 0))
})
