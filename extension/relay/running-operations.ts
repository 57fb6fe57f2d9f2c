// Isolated world of each frame: the operations and connections that run, as far as the page has told. After Clear they
// are told again. Requests are not: DevTools may have told the end of one whose body is not read, of which the page
// hears nothing; they are listed again when they end, unless they had ended before.
import type { RawBatch } from '../../wire/batch.ts'
import { createOperationColumns, PENDING, type RawOperationColumns, type RowDetail } from '../../wire/operations.ts'

/** Of each source; one of more is listed again when it ends. */
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
  /** What a batch, complete, says of them. */
  note(batch: RawBatch): void
  /** All of them; undefined where none runs. */
  tell(): RawBatch | undefined
}

export function createRunningOperations(): RunningOperations {
  const sources = new Map<number, Map<number, Running>>()

  return {
    note({ operations }) {
      for (const { source, columns } of operations) {
        if (columns.requests) continue
        const running = sources.get(source) ?? new Map<number, Running>()
        sources.set(source, running)
        if (running.size === 0 && !columns.outcome.includes(PENDING)) continue
        const details = new Map(columns.details)
        for (const [row, id] of columns.id.entries()) {
          if (columns.outcome[row] !== PENDING) running.delete(id)
          else if (running.size < MAX_RUNNING || running.has(id)) running.set(id, rowOf(columns, row, details.get(row)))
        }
      }
    },
    tell() {
      const operations = [...sources].flatMap(([source, running]) =>
        running.size > 0 ? [{ source, columns: columnsOf([...running.values()]) }] : [],
      )
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
