// Test (Node): which operations are sent next.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_RUNNING, NOTHING_SENT, nextRows, type RowState } from '../../../../extension/background/unsent-rows.ts'

const state = fc.constantFrom<RowState>('running', 'recent', 'ended')

test('hands out each row once, as soon as it has ended', () => {
  fc.assert(
    fc.property(
      // How long each operation is running, and then recent, in steps; and after which step it is there.
      fc.array(fc.tuple(fc.nat(6), fc.nat(2), fc.nat(4)), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (operations, max) => {
        const rows = operations.toSorted((a, b) => a[2] - b[2])
        let progress = NOTHING_SENT
        const sent: number[] = []
        for (let step = 0; step < 80; step++) {
          const length = rows.filter(([, , from]) => from <= step).length
          const stateOf = (row: number): RowState => {
            const [running, recent] = rows[row] as [number, number, number]
            return step < running ? 'running' : step < running + recent ? 'recent' : 'ended'
          }
          const next = nextRows(progress, length, stateOf, max)
          expect(next.rows.length).toBeLessThanOrEqual(max)
          expect(next.rows.every(row => stateOf(row) === 'ended')).toBe(true)
          sent.push(...next.rows)
          progress = next.after
        }
        expect(sent.toSorted((a, b) => a - b)).toEqual([...rows.keys()])
        expect(progress).toEqual({ ...NOTHING_SENT, rows: rows.length })
      },
    ),
  )
})

test('knows of each row whether it is sent, remembered as running, or still to be looked at', () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (states, max) => {
      const { rows, after, isWaiting } = nextRows(NOTHING_SENT, states.length, row => states[row] as RowState, max)
      const known = [...rows, ...after.running].toSorted((a, b) => a - b)
      expect(known).toEqual([...Array(after.rows).keys()])
      expect(after.running.every(row => states[row] === 'running')).toBe(true)
      // Only a full message or a row that is recent ends the search early.
      if (after.rows < states.length) expect(rows.length === max || isWaiting).toBe(true)
      expect(after.lost).toBe(0)
    }),
  )
})

test('counts the oldest running operations as lost when there are too many', () => {
  const { after } = nextRows(NOTHING_SENT, MAX_RUNNING + 3, () => 'running', 10)
  expect([after.running.length, after.running[0], after.lost]).toEqual([MAX_RUNNING, 3, 3])
})
