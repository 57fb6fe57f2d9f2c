// Isolated world of each frame: the operations that run, as far as the page has told. After Clear they are told again.
import type { Batch } from '../wire/batch.ts'
import { createOperationColumns, type OperationColumns, OUTCOMES, type RowDetail } from '../wire/operations.ts'
import { createRequestColumns, END_UNKNOWN_BITS } from '../wire/request-columns.ts'

/** Of each source; one of more is listed again when it ends. */
export const MAX_RUNNING = 5_000

const PENDING = OUTCOMES.indexOf('pending')

interface Running {
  id: number
  kind: number
  name: string
  start: number
  parent: number
  detail: RowDetail | undefined
  /** Of a request. */
  method: string | undefined
  url: string | undefined
  state: number
}

export interface RunningOperations {
  /** What a batch, complete, says of them. */
  note(batch: Batch): void
  /** All of them; undefined where none runs. */
  tell(): Batch | undefined
}

export function createRunningOperations(): RunningOperations {
  const sources = new Map<number, Map<number, Running>>()

  return {
    note({ operations }) {
      for (const { source, columns } of operations) {
        const running = sources.get(source) ?? new Map<number, Running>()
        sources.set(source, running)
        for (const id of columns.requests?.givenUp ?? []) running.delete(id)
        if (running.size === 0 && !columns.outcome.includes(PENDING)) continue
        const details = new Map(columns.details)
        for (const [row, id] of columns.id.entries()) {
          // One whose end will not be known is told as pending for the last time.
          const ended = columns.outcome[row] !== PENDING || ((columns.requests?.state[row] ?? 0) & END_UNKNOWN_BITS) > 0
          if (ended) running.delete(id)
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

function rowOf(columns: OperationColumns, row: number, detail: RowDetail | undefined): Running {
  const { requests } = columns
  const name = columns.name[row] as number
  return {
    id: columns.id[row] as number,
    kind: columns.kind[row] as number,
    name: columns.strings[name] ?? '',
    start: columns.start[row] as number,
    parent: columns.parent[row] ?? 0,
    detail,
    method: requests?.methods[name],
    url: requests?.urls[name],
    state: requests?.state[row] ?? 0,
  }
}

function columnsOf(rows: readonly Running[]): OperationColumns {
  const requests = rows[0]?.url === undefined ? undefined : createRequestColumns(rows.length, 0)
  const columns = createOperationColumns(rows.length, requests)
  columns.duration.fill(Number.NaN)
  for (const [row, { id, kind, name, start, parent, detail, method = '', url = '', state }] of rows.entries()) {
    columns.id[row] = id
    columns.kind[row] = kind
    columns.name[row] = columns.strings.push(name) - 1
    columns.start[row] = start
    columns.parent[row] = parent
    if (detail) columns.details.push([row, detail])
    requests?.methods.push(method)
    requests?.urls.push(url)
    if (requests) requests.state[row] = state
  }
  return columns
}
