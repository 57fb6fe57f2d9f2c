// Isolated world of each frame: the time in which recording was off. The page script keeps what happens meanwhile, within its
// bounds, as what had begun before may end in it. That is forwarded when recording is resumed or the page is left, and nothing
// else.
import type { RawBatch } from '../../wire/batch.ts'
import { PENDING, type RawOperationColumns } from '../../wire/operations.ts'
import { keepRows } from './keep-rows.ts'

export interface RecordingPause {
  /** Times are milliseconds since the time origin. The page script has sent all that it had recorded until now. */
  begin(now: number): void
  end(now: number): void
  /**
   * Takes out of a batch of the page's what both began and ended in the latest pause. While that lasts, everything that began
   * in it.
   */
  leaveOut(batch: RawBatch): void
}

export function createRecordingPause(): RecordingPause {
  /** The latest pause, in milliseconds since the time origin. */
  let from = Number.POSITIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  /** The next batch reports what the page script had to drop in the pause. */
  let isFirst = false
  /**
   * By source, the ids of operations that began in the pause and were reported as pending after it. Their ends are reported
   * too, even if the end lay within the pause: Resource Timing reports a request some time after it has ended.
   */
  const reported = new Map<number, Set<number>>()

  const endsLater = (pending: Set<number>, columns: RawOperationColumns, row: number): boolean => {
    const id = columns.id[row] as number
    if (columns.outcome[row] !== PENDING) {
      return pending.delete(id) || (columns.start[row] as number) + (columns.duration[row] as number) > to
    }
    pending.add(id)
    return true
  }

  return {
    begin(now) {
      from = now
      to = Number.POSITIVE_INFINITY
      isFirst = true
      reported.clear()
    },
    end(now) {
      to = now
      isFirst = true
    },
    leaveOut(batch) {
      if (from === Number.POSITIVE_INFINITY) return
      const lasts = to === Number.POSITIVE_INFINITY
      for (const { source, columns } of batch.operations) {
        const pending = reported.get(source) ?? new Set()
        reported.set(source, pending)
        const isWanted = Array.from(columns.start, (began, row) => {
          if (began < from || began > to) return true
          return !lasts && endsLater(pending, columns, row)
        })
        if (isWanted.includes(false)) keepRows(columns, row => isWanted[row] === true)
      }
      batch.operations = batch.operations.filter(({ columns }) => columns.id.length > 0 || columns.requests?.abandoned)
      batch.snapshots = batch.snapshots.filter(({ time }) => time < from || time > to)
      if (isFirst) batch.losses = []
      isFirst = false
    },
  }
}
