import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkedBatch } from '../../../../extension/background/batch-guard.ts'
import { createBatchCompleter } from '../../../../extension/relay/complete-batch.ts'
import { keepRows } from '../../../../extension/relay/keep-rows.ts'
import { finished, rawColumnsOf, rowsOf, type TestRow } from '../../model/operation-rows.ts'

const NOTHING_ELSE = { memory: [], snapshots: [], losses: [] }

test('keeps rows as they were, in their order, and as the background accepts them', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 30 }), fc.boolean(), (kept, requests) => {
      const columns = rawColumnsOf(
        kept.map(
          (_, i): TestRow => ({
            id: i + 1,
            name: `name ${i}`,
            outcome: 'ok',
            start: i / 3,
            duration: i,
            ...(requests
              ? { kind: 'fetch', detail: { http: { method: 'GET', url: `/${i}`, status: 200 + i } } }
              : { parent: i, ...(i % 3 === 0 ? { detail: { metadata: i } } : {}) }),
          }),
        ),
      )
      const before = rowsOf(finished(columns))
      keepRows(columns, row => kept[row] === true)
      expect(rowsOf(finished(columns))).toEqual(before.filter((_, row) => kept[row]))
      const texts = [...columns.strings, ...(columns.requests?.urls ?? [])]
      for (const [i, keep] of kept.entries()) {
        expect(texts.some(text => text === `name ${i}` || text === `/${i}`)).toBe(keep)
      }
      const batch = { operations: [{ source: 0, columns }], ...NOTHING_ELSE }
      createBatchCompleter('host')(batch)
      expect(checkedBatch(batch).losses).toEqual([])
    }),
  )
})
