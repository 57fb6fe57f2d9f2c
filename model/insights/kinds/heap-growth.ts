// Any world: a heap that does not fall back to where it was.

import { median } from '../../statistics.ts'
import { bytesText } from '../amounts.ts'
import { type HeapFloor, heapFloors, riseOf } from '../heap-floors.ts'
import type { Detector, Finding } from '../insight.ts'

/** Mann and Kendall's z over at least so many collections. */
export const MIN_Z = 2.4
export const MIN_FLOORS = 6
export const MIN_GROWTH_BYTES = 4_000_000
export const MIN_GROWTH_SHARE = 0.25
/** The share of the growth that the last third of the collections has over the middle one; a steady rise has a third. */
export const MIN_LATE_SHARE = 0.15
/** Milliseconds: the first seconds of a page fill its caches, and a short session shows nothing. */
export const SETTLING_MS = 10_000
export const MIN_SPAN_MS = 120_000

export const heapGrowth: Detector = {
  kind: 'heap-growth',
  title: 'The heap did not fall back',
  rule: `What is left of a page's heap after its collections rises (Mann-Kendall z of ${MIN_Z} over at least ${MIN_FLOORS}), by ${MIN_GROWTH_BYTES / 1e6} MB and ${MIN_GROWTH_SHARE * 100}%, over at least ${MIN_SPAN_MS / 60_000} minutes, and still rises at the end; the first ${SETTLING_MS / 1000} s of a page do not count.`,
  cannotRun: ({ session }) => (session.memory.length === 0 ? 'the heap was not recorded' : undefined),
  *find({ session, span }) {
    const findings: Finding[] = []
    for (const floors of yield* heapFloors(session.memory, span, SETTLING_MS)) {
      const [first, last] = [floors[0], floors.at(-1)]
      if (!first || !last || floors.length < MIN_FLOORS || last.time - first.time < MIN_SPAN_MS) continue
      const growth = last.used - first.used
      if (growth < MIN_GROWTH_BYTES || growth < MIN_GROWTH_SHARE * first.used) continue
      if (riseOf(thinned(floors).map(({ used }) => used)) < MIN_Z || !goesOn(floors, growth)) continue
      findings.push({
        kind: 'heap-growth',
        route: 'JavaScript heap',
        confidence: 'possible',
        savedMs: 0,
        count: floors.length,
        evidence: [],
        removes: [],
        waste: { bytes: growth },
        sentence: `The heap did not fall back: ${bytesText(first.used)} after an early collection, ${bytesText(last.used)} after a late one.`,
        remedy:
          'Repeat one action and look whether the heap keeps growing; this does not show which operation keeps memory.',
        caveats: [
          'The browser collects when it likes: caches that fill, and collections that come late, look the same.',
        ],
      })
    }
    // Frames of a page share its heap.
    return findings.sort((a, b) => (b.waste?.bytes ?? 0) - (a.waste?.bytes ?? 0)).slice(0, 1)
  },
}

/** Collections that are compared, each with each. */
const MAX_COMPARED = 300

function thinned(floors: readonly HeapFloor[]): readonly HeapFloor[] {
  const step = Math.ceil(floors.length / MAX_COMPARED)
  return floors.filter((_, i) => i % step === 0)
}

/** Whether it still grows: caches that have filled do not. */
function goesOn(floors: readonly HeapFloor[], growth: number): boolean {
  const third = Math.floor(floors.length / 3)
  const middle = floors.slice(third, floors.length - third)
  const late = floors.slice(floors.length - third)
  return median(late.map(({ used }) => used)) - median(middle.map(({ used }) => used)) >= MIN_LATE_SHARE * growth
}
