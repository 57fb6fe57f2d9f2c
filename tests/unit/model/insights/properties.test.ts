import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeScenario } from '../../../../bench/insights/generator/scenario.ts'
import { claimsOf, openText } from '../../../../bench/insights/score.ts'
import { gatherEvidence } from '../../../../model/insights/evidence.ts'
import { timeInFlight } from '../../../../model/insights/in-flight.ts'
import { coveredBy, type Span, union, without } from '../../../../model/insights/spans.ts'
import type { SessionFile } from '../../../../session/format.ts'

const PROBLEMS = [
  'n-plus-one',
  'serial-waterfall',
  'retry-storm',
  'repeated-get',
  'slow-server',
  'wasted-aborts',
  'redirect-chain',
]
const plan = fc.record({
  seed: fc.nat(1e6),
  problems: fc.subarray(PROBLEMS, { minLength: 1, maxLength: 2 }),
  traps: fc.subarray(['paging', 'tiles', 'uploads', 'parallelFanOut'], { maxLength: 2 }),
})
const fileOf = (given: Parameters<typeof writeScenario>[0]): SessionFile => JSON.parse(writeScenario(given).text)
const said = async (file: SessionFile) =>
  claimsOf(await openText(JSON.stringify(file))).map(({ kind, ids, confidence }) => ({
    kind,
    confidence,
    ids: [...ids].sort(),
  }))

describe('insights', () => {
  test('an unrelated operation changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.double({ min: 0, max: 1, noNaN: true }), async (given, where) => {
        const file = fileOf(given)
        const near = file.operations[Math.floor(where * (file.operations.length - 1))]
        if (!near) return
        const more = structuredClone(file)
        more.operations.push({
          id: 'unrelated',
          operationName: 'unrelated work',
          kind: 'custom',
          startTime: near.startTime + 1,
          endTime: near.startTime + 12,
          duration: 11,
          success: true,
          outcome: 'ok',
          documentId: near.documentId,
          frameId: 0,
        })
        more.operations.sort((a, b) => a.startTime - b.startTime)
        expect(await said(more)).toEqual(await said(file))
      }),
      { numRuns: 30 },
    )
  })

  test('another time of day changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.integer({ min: -1e9, max: 1e9 }), async (given, shift) => {
        const file = fileOf(given)
        const moved = structuredClone(file)
        moved.createdAt = new Date(Date.parse(file.createdAt) + shift).toISOString()
        for (const operation of moved.operations) {
          operation.startTime += shift
          if (operation.endTime !== undefined) operation.endTime += shift
          if (operation.http?.devtools) operation.http.devtools.startTime += shift
        }
        for (const document of moved.documents) document.timeOrigin += shift
        for (const timed of [...moved.marks, ...moved.memory]) timed.time += shift
        for (const gap of moved.gaps) {
          gap.startTime += shift
          if (gap.endTime !== undefined) gap.endTime += shift
        }
        for (const request of moved.networkRequests) request.startTime += shift
        expect(await said(moved)).toEqual(await said(file))
      }),
      { numRuns: 30 },
    )
  })

  test('the order in which operations arrive changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.integer({ min: 1, max: 50 }), async (given, size) => {
        const file = fileOf(given)
        // Batches of a session that come one after the other, each by start.
        const batches = Array.from({ length: size }, (_, batch) => file.operations.filter((_, i) => i % size === batch))
        expect(await said({ ...file, operations: batches.flat() })).toEqual(await said(file))
      }),
      { numRuns: 30 },
    )
  })
})

describe('time in flight', () => {
  test('shares add up to the time that anything was in flight, and lie between exclusive and waited', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async given => {
        const session = await openText(writeScenario(given).text)
        const evidence = finish(gatherEvidence(session))
        const found = finish(timeInFlight(evidence))
        const spans = evidence.groups
          .filter(({ index }) => found.has(index))
          .flatMap(({ members }) =>
            [...members].filter(each => !evidence.families.has(each) && !evidence.hasNoKnownEnd(each)),
          )
          .map(position => evidence.spanOf(position))
        const shares = [...found.values()].reduce((sum, { share }) => sum + share, 0)
        expect(shares).toBeCloseTo(coveredBy(spans), 2)
        for (const { exclusive, share, waited } of found.values()) {
          expect(exclusive).toBeLessThanOrEqual(share + 1e-3)
          expect(share).toBeLessThanOrEqual(waited + 1e-3)
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('spans', () => {
  const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(20)).map(([from, length]): Span => ({ from, to: from + length })))
  /** Whether each unit of time is covered. */
  const units = (given: readonly Span[]): boolean[] =>
    Array.from({ length: 90 }, (_, unit) => given.some(({ from, to }) => from <= unit && unit < to))

  test('cover what a naive count says', () => {
    fc.assert(
      fc.property(spans, given => {
        expect(coveredBy(given)).toBe(units(given).filter(Boolean).length)
      }),
    )
  })
  test('leave what is not taken', () => {
    fc.assert(
      fc.property(spans, spans, (given, taken) => {
        const [all, gone] = [units(given), units(taken)]
        expect(units(without(union(given), union(taken)))).toEqual(all.map((isIn, i) => isIn && !gone[i]))
      }),
    )
  })
})

function finish<Result>(steps: Generator<void, Result>): Result {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
