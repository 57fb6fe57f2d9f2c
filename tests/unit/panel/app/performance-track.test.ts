import { signal } from '@preact/signals'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { createPerformanceTrack, MAX_ENTRIES, trackExpression } from '../../../../panel/app/performance-track.ts'
import type { Connection } from '../../../../panel/app/stores/open-session.ts'
import { DEFAULT_SETTINGS } from '../../../../wire/settings.ts'
import { columnsOf, documentOf, type TestRow } from '../../model/operation-rows.ts'

/** What the page would report: the arguments of each call of `console.timeStamp`. */
function reportsOf(expression: string, timeOrigin: number): unknown[][] {
  const calls: unknown[][] = []
  const console = { timeStamp: (...args: unknown[]) => void calls.push(args) }
  new Function('console', 'performance', expression)(console, { timeOrigin })
  return calls
}

/** Milliseconds for which the document has been there. */
const AGE = 7_200_000

/** @param wallOffset by how many milliseconds the wall clock is ahead of the page's clock */
function panel(wallOffset = 0) {
  const now = Date.now()
  const session = signal(new SessionModel(now - 60_000))
  const grown = signal(0)
  const connection = signal<Connection>('ready')
  const settings = signal({ ...DEFAULT_SETTINGS, performanceTrack: true })
  const calls: unknown[][] = []
  const listeners = { started: new Set<() => void>(), stopped: new Set<() => void>() }
  const event = (of: Set<() => void>) => ({
    addListener: (listener: () => void) => void of.add(listener),
    removeListener: (listener: () => void) => void of.delete(listener),
  })
  const stop = createPerformanceTrack({
    live: { session, grown, connection },
    settings: { settings },
    profiling: { onProfilingStarted: event(listeners.started), onProfilingStopped: event(listeners.stopped) },
    run: expression => void calls.push(...reportsOf(expression, now)),
  })
  return {
    settings,
    calls,
    listeners,
    stop,
    start: () => listeners.started.forEach(listener => void listener()),
    end: () => listeners.stopped.forEach(listener => void listener()),
    /** Rows whose times count from now. */
    add(...rows: TestRow[]) {
      const sinceOrigin = rows.map(row => ({ ...row, start: row.start + AGE }))
      const operations = [{ source: 1, columns: columnsOf(sinceOrigin) }]
      const document = documentOf({ timeOrigin: now - AGE })
      const batch = { operations, memory: [], snapshots: [], losses: [], wallOffset }
      session.value.apply({ type: 'batch', document, batch })
      grown.value++
    },
  }
}

const row = (id: number, change: Partial<TestRow> = {}): TestRow => {
  return { id, name: `operation ${id}`, outcome: 'ok', start: 1_000 + id, duration: 500, ...change }
}
const names = (calls: unknown[][]) => calls.map(([label]) => label)

test('reports what ends while the Performance panel records, also what was running when it began', () => {
  const { add, start, end, calls, stop, listeners } = panel()
  add(row(1), row(2, { outcome: 'pending', duration: Number.NaN, start: 20 }))
  start()
  expect(calls).toEqual([])
  add(row(3), row(4, { kind: 'fetch', outcome: 'failed', duration: 12.5 }), row(5, { outcome: 'pending', start: 30 }))
  add(row(2, { start: 20, duration: 2_000, outcome: 'cancelled' }))
  expect(calls).toEqual([
    ['operation 3', 1_003, 1_503, 'custom', 'Perf', 'primary'],
    ['operation 4', 1_004, 1_016.5, 'fetch', 'Perf', 'error'],
    ['operation 2', 20, 2_020, 'custom', 'Perf', 'warning'],
  ])
  end()
  add(row(6))
  start()
  expect(names(calls)).not.toContain('operation 6')
  add(row(7))
  expect(names(calls)).toContain('operation 7')
  stop()
  expect([listeners.started.size, listeners.stopped.size]).toEqual([0, 0])
  add(row(8))
  expect(calls).toHaveLength(4)
})

test('leaves out what had ended before, though its batch arrived later', () => {
  const { add, start, calls } = panel()
  start()
  add(row(1, { start: -900, duration: 300 }), row(2, { start: -900, duration: 60_000 }))
  expect(names(calls)).toEqual(['operation 2'])
})

test.each([3_600_000, -3_600_000])('compares times by the wall clock, which is %d ms ahead of the page', ahead => {
  const { add, start, calls } = panel(ahead)
  start()
  add(row(1, { start: -ahead - 900, duration: 300 }), row(2, { start: -ahead - 900, duration: 60_000 }))
  expect(names(calls)).toEqual(['operation 2'])
})

test('reports nothing while the setting is off', () => {
  const { add, start, calls, settings } = panel()
  settings.value = { ...settings.value, performanceTrack: false }
  start()
  add(row(1))
  expect(calls).toEqual([])
  settings.value = { ...settings.value, performanceTrack: true }
  add(row(2))
  expect(names(calls)).toEqual(['operation 2'])
})

test('reports a bounded number at a time, and how many more there were', () => {
  const { add, start, calls } = panel()
  start()
  add(...Array.from({ length: MAX_ENTRIES + 7 }, (_, i) => row(i + 1)))
  expect(calls).toHaveLength(MAX_ENTRIES + 1)
  expect(calls.at(-1)?.[0]).toBe('7 more operations')
})

test('never runs a name that the page chose', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("'+alert(1)+'", '\u2028', '</script>', '%s')), name => {
      expect(reportsOf(trackExpression([[name, 5, 7, 'fetch', 'error']]), 2)).toEqual([
        [name, 3, 5, 'fetch', 'Perf', 'error'],
      ])
    }),
  )
})
