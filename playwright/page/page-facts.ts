// Page's own world (MAIN): what the extension's relay adds to what is recorded: the document, the heap's size and long tasks.
// All of it by functions that were taken before a page script ran.

import { readWallOffset } from '../../extension/relay/wall-offset.ts'
import {
  apply,
  bare,
  entriesOf,
  getOwnPropertyDescriptor,
  getter,
  NativePerformanceObserver,
} from '../../injected/primordials/natives.ts'
import { now } from '../../monitor/clock.ts'
import type { DocumentInfo, LongTask, MemorySample } from '../../wire/batch.ts'
import { measureResolution } from '../../wire/clock-resolution.ts'

/** Long tasks kept from one batch to the next: there are at most 20 in a second, and a batch each second. */
const MAX_LONG_TASKS = 1_000
/** Steps of the clock that are measured. */
const CLOCK_STEPS = 2

const isTop = window.top === window
const memoryOf = getOwnPropertyDescriptor(Performance.prototype, 'memory')?.get
const titleOf = getter(Document, 'title') as (document: Document) => string
const startOf = getter(PerformanceEntry, 'startTime') as (entry: PerformanceEntry) => number
const durationOf = getter(PerformanceEntry, 'duration') as (entry: PerformanceEntry) => number
const { random } = Math
/** A page can replace the global. */
const { performance } = globalThis

const timeOriginOf = getter(Performance, 'timeOrigin') as (performance: Performance) => number
const navigationTypeOf = getter(PerformanceNavigationTiming, 'type') as (entry: object) => string
const navigations = performance.getEntriesByType.bind(performance, 'navigation')
const { now: wallClock } = Date
const { userAgent } = navigator
const clockResolution = measureResolution(now, CLOCK_STEPS)

/** Chromium alone has it: https://developer.mozilla.org/docs/Web/API/Performance/memory */
export const hasMemory = memoryOf !== undefined && isTop

export const documentTitle = (): string => titleOf(document)

export function describeDocument(): Omit<DocumentInfo, 'frameId'> {
  return bare({
    stream: `${random()}-${random()}`,
    timeOrigin: timeOriginOf(performance),
    clockResolution,
    memoryAvailable: memoryOf !== undefined,
    navigationType: navigationType(),
    url: location.href,
    title: documentTitle(),
    userAgent,
  })
}

function navigationType(): string {
  const entries = navigations()
  return entries.length > 0 ? navigationTypeOf(entries[0] as object) : 'navigate'
}

/** As `Batch.wallOffset`. */
export const wallOffset = (): number => readWallOffset(wallClock, () => timeOriginOf(performance) + now())

/** Undefined where the browser has no such API, and in frames: frames of one process share a heap. */
export function readMemory(): MemorySample | undefined {
  if (!memoryOf || !isTop) return undefined
  const { usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit } = apply(memoryOf, performance, []) as MemorySample
  return bare({ time: now(), usedJSHeapSize, totalJSHeapSize, jsHeapSizeLimit, source: 'performance.memory' as const })
}

export interface LongTasks {
  /** Those since the last call. */
  take(): { longTasks?: LongTask[]; longTasksDropped?: number }
}

/** Top frames only, as frames of one process share a thread. Firefox and WebKit have no long tasks. */
export function observeLongTasks(): LongTasks {
  let found: LongTask[] = bare([])
  let dropped = 0
  const observer = new NativePerformanceObserver(list => {
    const entries = bare(apply(entriesOf, list, []) as PerformanceEntry[])
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as PerformanceEntry
      if (found.length < MAX_LONG_TASKS)
        found[found.length] = bare({ start: startOf(entry), duration: durationOf(entry) })
      else dropped++
    }
  })
  const known = PerformanceObserver.supportedEntryTypes.includes('longtask')
  if (known && isTop) observer.observe({ type: 'longtask', buffered: true })
  return {
    take() {
      const taken = bare({
        ...(found.length > 0 ? { longTasks: found } : {}),
        ...(dropped > 0 ? { longTasksDropped: dropped } : {}),
      })
      found = bare([])
      dropped = 0
      return taken
    },
  }
}
