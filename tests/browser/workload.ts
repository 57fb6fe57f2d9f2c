// Test: operations that a page makes, and what a naive reader computes of them from the exported file.
import type { SessionOperation } from '../../session/format.ts'

/** Run in the page: 60 operations of four names, one of which fails, is cancelled, or nests, now and then. */
export async function work(): Promise<void> {
  const monitor = window.PerformanceMonitor.getInstance()
  const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
  const settled: Promise<unknown>[] = []
  for (let i = 0; i < 60; i++) {
    const name = ['search', 'checkout', 'render list', 'save draft'][i % 4] as string
    const run = monitor.trackOperation(
      name,
      async operation => {
        await wait(3 + ((i * 7) % 40))
        if (name === 'checkout') await operation.trackOperation('pay', () => wait(5))
        if (i % 10 === 3) throw new RangeError('no money')
        if (i % 15 === 5) throw new DOMException('left', 'AbortError')
      },
      { index: i, cart: { items: [1, 2] } },
    )
    settled.push(run.catch(() => undefined))
    if (i % 6 === 0) await wait(10)
  }
  await Promise.all(settled)
}

export interface NaiveFigures {
  count: number
  failed: number
  cancelled: number
  running: number
  /** Sorted, of those that ended. */
  durations: number[]
  sum: number
}

export function naiveFigures(operations: readonly SessionOperation[]): NaiveFigures {
  const durations = operations.flatMap(({ duration }) => (duration === undefined ? [] : [duration]))
  const having = (outcome: string) => operations.filter(operation => operation.outcome === outcome).length
  return {
    count: operations.length,
    failed: having('failed'),
    cancelled: having('cancelled'),
    running: having('pending'),
    durations: durations.sort((a, b) => a - b),
    sum: durations.reduce((sum, duration) => sum + duration, 0),
  }
}

/** The value with a share of `q` at or below it (nearest rank). */
export function naiveQuantile({ durations }: NaiveFigures, q: number): number {
  return durations[Math.max(0, Math.ceil(q * durations.length) - 1)] as number
}
