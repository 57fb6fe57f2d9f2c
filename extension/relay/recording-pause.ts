// Isolated world of each frame: the time in which recording was off. The page script keeps what happens meanwhile, within its
// bounds, as what had begun before may end in it. That is sent when recording is resumed, and nothing else.
import type { RawBatch } from '../../wire/batch.ts'
import { PENDING } from '../../wire/operations.ts'
import { keepRows } from './keep-rows.ts'

export interface RecordingPause {
  /** Times are milliseconds since the time origin. The page script has sent all that it had recorded until now. */
  begin(now: number): void
  end(now: number): void
  /** Takes out of a batch of the page's what both began and ended in the latest pause. */
  leaveOut(batch: RawBatch): void
}

export function createRecordingPause(): RecordingPause {
  let from = Number.NaN
  let to = Number.NaN
  /** The next batch says what the page script had to drop in the pause. */
  let isFirst = false

  return {
    begin(now) {
      from = now
      to = Number.NaN
    },
    end(now) {
      isFirst = true
      to = now
    },
    leaveOut(batch) {
      if (Number.isNaN(to)) return
      for (const { columns } of batch.operations) {
        const { start, duration, outcome } = columns
        const isWanted = (row: number): boolean => {
          const began = start[row] as number
          return outcome[row] === PENDING || began < from || began + (duration[row] as number) > to
        }
        if (!start.every((_, row) => isWanted(row))) keepRows(columns, isWanted)
      }
      batch.operations = batch.operations.filter(({ columns }) => columns.id.length > 0 || columns.requests?.abandoned)
      batch.snapshots = batch.snapshots.filter(({ time }) => time < from || time > to)
      if (isFirst) batch.losses = []
      isFirst = false
    },
  }
}
