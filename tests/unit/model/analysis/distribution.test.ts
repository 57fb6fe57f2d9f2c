import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundOf, bucketOf, distribution, shownBuckets } from '../../../../model/analysis/distribution.ts'
import { groupByName } from '../../../../model/analysis/grouping.ts'
import type { Row } from '../../../../model/numbers.ts'
import { finish, sessionOf } from '../operation-rows.ts'

test('puts each duration between the bounds of its bucket', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 9.9e6, noNaN: true }), duration => {
      const bucket = bucketOf(duration)
      expect(boundOf(bucket)).toBeLessThanOrEqual(duration * (1 + 1e-8))
      expect(boundOf(bucket + 1)).toBeGreaterThan(duration * (1 - 1e-8))
    }),
  )
})

test('counts ended operations of one group or of all, and how many were faster', () => {
  const rows = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b'),
      start: fc.nat(100),
      outcome: fc.constantFrom('ok', 'failed', 'pending'),
      duration: fc.integer({ min: 1, max: 10_000 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  fc.assert(
    fc.property(rows, fc.boolean(), (all, grouped) => {
      const session = sessionOf(all)
      const grouping = groupByName(session.operations)
      const reference = all.findIndex(({ outcome }) => outcome !== 'pending')
      const id = grouping.groupOf(0 as Row)
      const found = finish(
        distribution({
          session,
          matches: session.operations.order,
          zoom: null,
          group: grouped ? { grouping, id } : null,
          reference: reference < 0 ? null : (reference as Row),
        }),
      )
      const own = all.filter(({ name, outcome }) => outcome !== 'pending' && (!grouped || name === all[0]?.name))
      expect(found.total).toBe(own.length)
      expect(found.faster).toBe(own.filter(({ duration }) => duration < (all[reference]?.duration ?? 0)).length)
      for (const [bucket, count] of found.counts.entries()) {
        expect(count).toBe(own.filter(({ duration }) => bucketOf(duration) === bucket).length)
      }
      const { from, to } = shownBuckets(found)
      expect(found.counts.slice(from, to).reduce((sum, count) => sum + count, 0)).toBe(found.total)
    }),
  )
})
