// Node (the test's process): what a test calls `perf`.
import type { Page } from 'playwright/test'
import type { SessionFile } from '../session/format.ts'

export interface Perf {
  /** What was recorded of a page and its frames until now: as the session file has it. By default of the test's first page. */
  session(page?: Page): Promise<SessionFile>
  /** Records a moment of the test, as an operation without duration. */
  mark(name: string): void
  /** Records `fn` as an operation, once for each of `runs` (1 by default). Rejects with what `fn` throws. */
  measure(name: string, fn: () => unknown, options?: { runs?: number }): Promise<Measured>
  /**
   * Repeats `fn`, which should leave the page as it found it, and tells how much memory each call keeps. In Chromium only: no
   * other browser tells the size of a page's heap.
   */
  leakTest(name: string, fn: () => unknown, options?: LeakTestOptions): Promise<LeakTest>
}

export interface Measured {
  /** Milliseconds of each run, in their order. */
  durations: number[]
  p50: number
  p95: number
}

export interface LeakTestOptions {
  /** Rounds, the first of which is not counted: 7 by default, from 3 to 11. */
  rounds?: number
  /** Calls in each round: 5 by default. */
  calls?: number
}

export interface LeakTest {
  /** Bytes of the heap after each round, collected. */
  heap: number[]
  /** Bytes that a call keeps, on average, with a 95 % interval. */
  keptPerCall: { mean: number; low: number; high: number }
  /** Whether each round kept more, and surely more than the engine itself does. A cache that still fills looks the same. */
  grows: boolean
}

export interface RecordingOptions {
  /** Whether each request has its call stack. */
  callStacks: boolean
  /** Names of URL parameters that are secret beside those that are known to be. */
  redact: readonly string[]
}
