import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSort } from '../../../../model/analysis/merge-sort.ts'
import { sortedRows } from '../../../../model/analysis/sorted-rows.ts'
import type { Row } from '../../../../model/numbers.ts'
import { rowsIn } from '../../../../model/session/rows-in.ts'
import { OUTCOMES } from '../../../../wire/operations.ts'
import { finish, sessionOf } from '../operation-rows.ts'

test('is a stable sort', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 3_000 }), values => {
      const compare = (a: number, b: number) => (values[a] as number) - (values[b] as number)
      const numbers = Uint32Array.from(values.keys())
      expect([...finish(mergeSort(numbers.slice(), compare))]).toEqual([...values.keys()].sort(compare))
    }),
  )
})

const endUnknown = fc.option(fc.constant('page-left' as const), { nil: undefined })
const rows = fc.array(
  fc.record({
    name: fc.string({ maxLength: 2 }),
    start: fc.nat(50),
    outcome: fc.constantFrom(...OUTCOMES),
    duration: fc.nat(9),
    status: fc.option(fc.constantFrom(200, 404, 500), { nil: undefined }),
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    size: fc.option(fc.nat(9), { nil: undefined }),
    endUnknown,
  }),
  { maxLength: 60 },
)

test('sorts by a column, with unknown values last and equal ones by start', () => {
  const keys = fc.constantFrom('name', 'method', 'kind', 'status', 'size', 'outcome', 'start', 'waterfall', 'duration')
  fc.assert(
    fc.property(rows, keys, fc.boolean(), (all, key, descending) => {
      const session = sessionOf(
        all.map(({ status, method, size, ...row }) => ({
          ...row,
          kind: 'fetch',
          detail: {
            http: {
              ...{ method, url: '' },
              ...(status === undefined ? {} : { status }),
              ...(size === undefined ? {} : { transferSize: size }),
            },
          },
        })),
      )
      const { operations } = session
      const shown = rowsIn(operations.order, operations.start, null)
      const inOrder = Array.from({ length: all.length }, (_, i) => shown.list.row(i))
      const weight = ['ok', 'pending', 'cancelled', 'failed']
      const keyOf = (row: Row): string | number | undefined =>
        ({
          name: operations.nameOf(row),
          kind: operations.kindOf(row),
          method: operations.details.get(row)?.http?.method,
          size: operations.details.get(row)?.http?.transferSize,
          waterfall: operations.start.get(row),
          status: operations.details.get(row)?.http?.status,
          outcome: weight.indexOf(operations.outcomeOf(row)),
          start: operations.start.get(row),
          duration:
            operations.outcomeOf(row) !== 'pending'
              ? operations.duration.get(row)
              : operations.endReasonOf(row) === undefined
                ? session.latest - operations.start.get(row)
                : undefined,
        })[key]
      const expected = inOrder.toSorted((a, b) => {
        const [left, right] = [keyOf(a), keyOf(b)]
        if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
        return (left < right ? -1 : left > right ? 1 : 0) * (descending ? -1 : 1)
      })
      expect([...finish(sortedRows(session, shown, { key, descending }))]).toEqual(expected)
    }),
  )
})
