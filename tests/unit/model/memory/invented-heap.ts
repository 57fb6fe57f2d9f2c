// Test: an invented page whose operations allocate known amounts, and what the panel has of it: readings of a heap that is
// collected now and then, and operations.
import { createRandom, type Random } from '../../../../bench/insights/generator/random.ts'
import type { SessionModel } from '../../../../model/session/session-model.ts'
import type { MemorySample } from '../../../../wire/batch.ts'
import { documentOf, sessionOf, type TestRow } from '../operation-rows.ts'

export interface InventedOperation {
  name: string
  /** Bytes that a call allocates, at a random moment of it. */
  bytes: number
  /** Calls, while it runs at its usual pace: it runs more often in some seconds, and hardly in others. */
  perSecond: number
  /** Milliseconds of a call. */
  duration?: number
  /** Runs right after each call of it. */
  followedBy?: { name: string; bytes: number }
}

export interface InventedPage {
  rows: Omit<TestRow, 'id'>[]
  samples: MemorySample[]
}

/** Bytes of garbage at which the invented browser collects. */
const COLLECTED_AT = 8e6

export function inventPage(seed: number, seconds: number, operations: readonly InventedOperation[]): InventedPage {
  const random = createRandom(seed)
  const end = seconds * 1_000
  const rows: InventedPage['rows'] = []
  const allocated: { time: number; bytes: number }[] = []
  for (const operation of operations) {
    for (const start of startsOf(random, operation.perSecond, end)) {
      const call = (name: string, bytes: number, at: number): void => {
        const duration = random.around(operation.duration ?? 2)
        rows.push({ name, outcome: 'ok', start: at, duration })
        allocated.push({ time: at + random.next() * duration, bytes })
      }
      call(operation.name, operation.bytes, start)
      const next = operation.followedBy
      if (next) call(next.name, next.bytes, start + 3)
    }
  }
  // What the page and the browser allocate all the time.
  for (let time = 0; time < end; time += 50) allocated.push({ time, bytes: random.between(0, 2_000) })
  return { rows, samples: readings(random, allocated, end) }
}

function startsOf(random: Random, perSecond: number, end: number): number[] {
  const starts: number[] = []
  let [pace, paceEnd] = [perSecond, 0]
  for (let time = random.between(0, 1_000); time < end; time += (-Math.log(1 - random.next()) * 1_000) / pace) {
    if (time > paceEnd) {
      paceEnd = time + random.between(2_000, 8_000)
      pace = perSecond * (random.chance(0.35) ? 0.05 : random.between(0.3, 2))
    }
    starts.push(time)
  }
  return starts
}

function readings(random: Random, allocated: readonly { time: number; bytes: number }[], end: number): MemorySample[] {
  const sorted = allocated.toSorted((a, b) => a.time - b.time)
  const samples: MemorySample[] = []
  let [heap, garbage, next] = [15e6, 0, 0]
  for (let time = 0; time < end; time += random.between(51, 54) + (random.chance(0.03) ? random.between(0, 100) : 0)) {
    for (; next < sorted.length && (sorted[next]?.time ?? end) <= time; next++) {
      const bytes = sorted[next]?.bytes ?? 0
      heap += bytes
      garbage += bytes
      if (garbage < COLLECTED_AT) continue
      heap -= garbage * random.between(0.9, 0.98)
      garbage = 0
    }
    samples.push(sampleOf(time, Math.round(heap)))
  }
  return samples
}

export function sampleOf(time: number, used: number): MemorySample {
  return {
    time,
    usedJSHeapSize: used,
    totalJSHeapSize: used + 4e6,
    jsHeapSizeLimit: 4e9,
    source: 'performance.memory',
  }
}

/** The session of it. */
export function sessionOfPage({ rows, samples }: InventedPage, document = documentOf({ timeOrigin: 0 })): SessionModel {
  const session = sessionOf(rows)
  session.apply({ type: 'batch', document, batch: { operations: [], memory: samples, snapshots: [], losses: [] } })
  return session
}
