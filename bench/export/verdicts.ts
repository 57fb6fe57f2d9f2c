// Node. What is promised of exports, and whether it was found.
import type { SizeFigures } from './measure-size.ts'
import type { RecordedStep } from './record-many.ts'

const MAX_HEAP_OVER_IDLE = 30e6
/** Milliseconds. */
const LONGEST_TASK = 50
const MAX_PER_OPERATION = 1.5
/** Bytes that the worker's heap, or the page's, may differ by from the first fifth of a recording to its end. */
const FLAT = 2e6

export interface Verdict {
  promise: string
  found: string
  met: boolean
}

export function verdictsOf(sizes: readonly SizeFigures[], recorded: readonly RecordedStep[]): Verdict[] {
  const [small, large] = [sizes[0], sizes.at(-1)]
  if (!small || !large) return []
  const growth = large.exportMs / large.operations / (small.exportMs / small.operations)
  const { file, sample, operations } = large
  const failed = Math.ceil(operations / 50)
  let totalDuration = 0
  for (let i = 0; i < operations; i++) totalDuration += ((i * 7919) % 30_000) / 10
  const whole =
    file.operations === operations &&
    file.failed === failed &&
    Math.abs(file.totalDuration / totalDuration - 1) < 1e-9 &&
    sample.checked >= operations / 1_000 &&
    sample.problems.length === 0
  const spread = (which: 'worker' | 'page'): number => {
    const later = recorded.slice(1).map(step => step[which])
    return Math.max(...later) - Math.min(...later)
  }
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
  return [
    {
      promise: 'the file is valid and whole',
      found: `${file.operations} operations, ${file.failed} failed`,
      met: whole,
    },
    {
      promise: `JS heap at most ${megabytes(MAX_HEAP_OVER_IDLE)} over idle`,
      found: megabytes(large.heapOverIdle),
      met: large.heapOverIdle <= MAX_HEAP_OVER_IDLE,
    },
    {
      promise: `no task over ${LONGEST_TASK} ms`,
      found: large.longestTask === 0 ? 'none of 50 ms' : `${large.longestTask.toFixed(0)} ms`,
      met: large.longestTask <= LONGEST_TASK,
    },
    {
      promise: `time per operation at most ${MAX_PER_OPERATION} × that at ${small.operations}`,
      found: growth.toFixed(2),
      met: growth <= MAX_PER_OPERATION,
    },
    {
      promise: 'no longer than one JSON.stringify of the same',
      found: `${large.exportMs.toFixed(0)} ms to ${large.stringifyMs.toFixed(0)} ms`,
      met: large.exportMs <= large.stringifyMs,
    },
    {
      promise: `worker flat, within ${megabytes(FLAT)}`,
      found: megabytes(spread('worker')),
      met: spread('worker') <= FLAT,
    },
    {
      promise: `page with the relay flat, within ${megabytes(FLAT)}`,
      found: megabytes(spread('page')),
      met: spread('page') <= FLAT,
    },
  ]
}
