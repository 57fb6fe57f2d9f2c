// Any world: a heap that does not fall back to where it was.

import type { SessionModel } from '../../session/session-model.ts'
import { median } from '../../statistics.ts'
import { bytesText, timeText } from '../amounts.ts'
import { type HeapFloor, heapFloors, riseOf } from '../heap-floors.ts'
import type { Detector, Finding } from '../insight.ts'
import type { Span } from '../spans.ts'

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
  rule: `What is left of a page's heap after its collections rises (Mann-Kendall z of ${MIN_Z} over at least ${MIN_FLOORS}), by ${MIN_GROWTH_BYTES / 1e6} MB and ${MIN_GROWTH_SHARE * 100}%, over at least ${MIN_SPAN_MS / 60_000} minutes, and still rises at the end; the first ${SETTLING_MS / 1000} s of a page do not count. Where the heap was read after all garbage was collected, as far apart, those two readings count instead.`,
  cannotRun: ({ session }) =>
    session.memory.length === 0 && session.snapshots.length === 0 ? 'the heap was not recorded' : undefined,
  *find({ session, span }) {
    const findings: Finding[] = []
    const settled = settledReadings(session, span)
    // Readings after all garbage was collected say what samples can only hint at.
    if (settled.length > 0) return settled.flatMap(readings => settledFinding(readings) ?? []).slice(0, 1)
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

/** The first and the last settled reading of each document, where they are far enough apart; those of leak tests aside. */
function settledReadings({ snapshots }: SessionModel, { from, to }: Span): [first: HeapFloor, last: HeapFloor][] {
  const documents = new Map<number, HeapFloor[]>()
  for (const { document, time, usedBytes: used, settled, round } of snapshots) {
    if (!settled || round !== undefined || used === undefined || time < from || time > to) continue
    const known = documents.get(document) ?? []
    known.push({ time, used })
    documents.set(document, known)
  }
  return [...documents.values()].flatMap(readings => {
    const sorted = readings.sort((a, b) => a.time - b.time)
    const [first, last] = [sorted[0] as HeapFloor, sorted.at(-1) as HeapFloor]
    return last.time - first.time >= MIN_SPAN_MS ? [[first, last] as [HeapFloor, HeapFloor]] : []
  })
}

function settledFinding([first, last]: readonly [HeapFloor, HeapFloor]): Finding | undefined {
  const growth = last.used - first.used
  if (growth < MIN_GROWTH_BYTES || growth < MIN_GROWTH_SHARE * first.used) return undefined
  return {
    kind: 'heap-growth',
    route: 'JavaScript heap',
    confidence: 'certain',
    savedMs: 0,
    count: 2,
    evidence: [],
    removes: [],
    waste: { bytes: growth },
    sentence: `The heap grew from ${bytesText(first.used)} to ${bytesText(last.used)} between two readings after all garbage was collected, ${timeText(last.time - first.time)} apart.`,
    remedy: 'Run a leak test of one action in the tab: it shows what a repetition keeps.',
    caveats: ['Why it grew is not known: a cache that is still filling looks the same.'],
  }
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
