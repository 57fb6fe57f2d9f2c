// Isolated world of each frame: the operations, requests and connections that are running, as far as the page has reported.
// After Clear the relay reports operations and connections to the new session; the page script reports its requests again.
import type { RawBatch } from '../../wire/batch.ts'
import { createOperationColumns, PENDING, type RawOperationColumns, type RowDetail } from '../../wire/operations.ts'

/** Of each source; one beyond that is listed again when it ends. */
export const MAX_RUNNING = 5_000

interface Running {
  id: number
  kind: number
  name: string
  start: number
  parent: number
  detail: RowDetail | undefined
}

export interface RunningOperations {
  /** Takes note of a complete batch. Returns how many of its operations were not reported before. */
  note(batch: RawBatch): number
  /** A batch of all that are running, but for requests; undefined where none is. */
  report(): RawBatch | undefined
}

export function createRunningOperations(): RunningOperations {
  const sources = new Map<number, Map<number, Running | 'request'>>()

  return {
    note({ operations }) {
      let added = 0
      for (const { source, columns } of operations) {
        const running = sources.get(source) ?? new Map<number, Running | 'request'>()
        sources.set(source, running)
        if (running.size === 0 && !columns.outcome.includes(PENDING)) {
          added += columns.id.length
          continue
        }
        const details = new Map(columns.requests ? [] : columns.details)
        for (const [row, id] of columns.id.entries()) {
          if (!running.has(id)) added++
          if (columns.outcome[row] !== PENDING) running.delete(id)
          else if (running.size < MAX_RUNNING || running.has(id)) {
            running.set(id, columns.requests ? 'request' : rowOf(columns, row, details.get(row)))
          }
        }
        for (const id of columns.requests?.abandoned ?? []) running.delete(id)
      }
      return added
    },
    report() {
      const operations = [...sources].flatMap(([source, running]) => {
        const rows = [...running.values()].filter(each => each !== 'request')
        return rows.length > 0 ? [{ source, columns: columnsOf(rows) }] : []
      })
      return operations.length > 0 ? { operations, memory: [], snapshots: [], losses: [] } : undefined
    },
  }
}

function rowOf(columns: RawOperationColumns, row: number, detail: RowDetail | undefined): Running {
  return {
    id: columns.id[row] as number,
    kind: columns.kind[row] as number,
    name: columns.strings[columns.name[row] as number] ?? '',
    start: columns.start[row] as number,
    parent: columns.parent[row] ?? 0,
    detail,
  }
}

function columnsOf(rows: readonly Running[]): RawOperationColumns {
  const columns = createOperationColumns(rows.length)
  columns.duration.fill(Number.NaN)
  for (const [row, { id, kind, name, start, parent, detail }] of rows.entries()) {
    columns.id[row] = id
    columns.kind[row] = kind
    columns.name[row] = columns.strings.push(name) - 1
    columns.start[row] = start
    columns.parent[row] = parent
    if (detail) columns.details.push([row, detail])
  }
  return columns
}
