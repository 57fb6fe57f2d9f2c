import fc from 'fast-check'
import { expect, test } from 'vitest'
import { float64Column } from '../../../../model/session/column.ts'
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
