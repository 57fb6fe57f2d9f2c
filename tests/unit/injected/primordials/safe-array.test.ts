import '../page-globals.ts'

import { expect, test } from 'vitest'
import { indexIn, itemAt } from '../../../../injected/primordials/safe-array.ts'

test('finds and reads', () => {
  const list = ['a', 'b', 'c']
  expect([indexIn(list, 'b'), indexIn(list, 'x')]).toEqual([1, -1])
  expect([itemAt(list, 2), itemAt(list, 3)]).toEqual(['c', undefined])
})

test('calls no accessor that a page has put on Array.prototype', () => {
  const touched: string[] = []
  Object.defineProperty(Array.prototype, '0', { configurable: true, get: () => touched.push('get') })
  const missing = itemAt([] as number[], 0)
  Reflect.deleteProperty(Array.prototype, '0')
  expect(touched).toEqual([])
  expect(missing).toBeUndefined()
})
