import fc from 'fast-check'
import { expect, test } from 'vitest'
import { float64Column, integerColumn } from '../../../../model/session/column.ts'
import { StringTable } from '../../../../model/session/string-table.ts'

test('a column keeps its values when it grows', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 1_000 }), values => {
      const column = float64Column()
      for (const value of values) column.push(value)
      expect([...column.filled]).toEqual(values)
    }),
  )
})

test('a column of integers keeps them when one needs more bytes than those before it', () => {
  const integer = fc.oneof(fc.nat(0x1ff), fc.nat(0x1ffff), fc.maxSafeInteger().map(Math.abs))
  fc.assert(
    fc.property(fc.array(integer, { maxLength: 1_000 }), fc.array(integer, { maxLength: 20 }), (values, changes) => {
      const column = integerColumn()
      const naive = [...values]
      for (const value of values) column.push(value)
      for (const [i, value] of changes.entries()) {
        if (values.length === 0) break
        const index = (i * 7) % values.length
        column.set(index, value)
        naive[index] = value
      }
      expect([...column.filled]).toEqual(naive)
    }),
  )
})

test('a column takes no more bytes for each integer than the largest needs', () => {
  const bytesOf = (largest: number): number => {
    const column = integerColumn()
    for (const value of [0, largest, 1]) column.push(value)
    return column.values.BYTES_PER_ELEMENT
  }
  expect([0, 0xff, 0x100, 0xffff, 0x10000, 0xffffffff, 2 ** 32].map(bytesOf)).toEqual([1, 1, 2, 2, 4, 4, 8])
})

test('a string table gives each string one id', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), strings => {
      const table = new StringTable()
      const numbers = strings.map(string => table.add(string))
      expect(numbers.map(number => table.get(number))).toEqual(strings)
      expect(table.size).toBe(new Set(strings).size)
    }),
  )
})
