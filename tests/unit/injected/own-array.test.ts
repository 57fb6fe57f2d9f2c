import './page-globals.ts'

import { expect, test } from 'vitest'
import { append, indexIn, itemAt } from '../../../injected/own-array.ts'

test('appends, finds and reads', () => {
  const list: string[] = []
  append(list, 'a')
  append(list, 'b')
  append(list, 'c')
  expect(list).toEqual(['a', 'b', 'c'])
  expect([indexIn(list, 'b'), indexIn(list, 'x')]).toEqual([1, -1])
  expect([itemAt(list, 2), itemAt(list, 3)]).toEqual(['c', undefined])
})

test('calls no accessor that a page has put on Array.prototype', () => {
  const touched: string[] = []
  const list: number[] = []
  Object.defineProperty(Array.prototype, '0', {
    configurable: true,
    get: () => touched.push('get'),
    set: () => touched.push('set'),
  })
  append(list, 1)
  const missing = itemAt([] as number[], 0)
  Reflect.deleteProperty(Array.prototype, '0')
  expect(touched).toEqual([])
  expect([list, missing]).toEqual([[1], undefined])
})
