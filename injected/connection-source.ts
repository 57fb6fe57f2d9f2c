// Page's own world (MAIN): connections that stay open, as a source that the recorder reads. Each is told again
// whenever its counts have changed.
import { now } from '../monitor/clock.ts'
import { type ConnectionDetail, createOperationColumns, KINDS, OUTCOMES, type Outcome } from '../wire/operations.ts'
import type { CheckedNews, CheckedSource } from './guarded-source.ts'
import { append, indexIn } from './own-array.ts'
import { OwnMap } from './own-map.ts'

/** Connections followed at a time; a page that opens more gets the rest counted as lost. */
export const MAX_CONNECTIONS = 2_000

/** One connection, written to by the patches. */
export interface Connection {
  readonly kind: 'websocket' | 'eventsource'
  readonly id: number
  readonly start: number
  /** Its URL is not redacted yet. */
  readonly detail: ConnectionDetail
  ended: boolean
}

export interface ConnectionSource extends CheckedSource {
  /** Undefined when there are too many. */
  open(kind: Connection['kind'], url: string): Connection | undefined
  /** To be called after its detail was changed. */
  changed(connection: Connection): void
  end(connection: Connection, outcome: Exclude<Outcome, 'pending'>): void
}

interface Row {
  connection: Connection
  end: { outcome: Exclude<Outcome, 'pending'>; duration: number } | undefined
}

export function createConnectionSource(): ConnectionSource {
  /** How many are open. */
  let open = 0
  const waiting = new OwnMap<Connection, Row>()
  let lastId = 0
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const tell = (row: Row): void => {
    waiting.set(row.connection, row)
    if (waiting.size === 1) onNews?.(false)
  }

  return {
    open(kind, url) {
      if (open + waiting.size >= MAX_CONNECTIONS) {
        lost++
        return undefined
      }
      const detail = { url, messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
      const connection: Connection = { kind, id: ++lastId, start: now(), detail, ended: false }
      open++
      tell({ connection, end: undefined })
      return connection
    },
    changed(connection) {
      if (!connection.ended) tell({ connection, end: undefined })
    },
    end(connection, outcome) {
      if (connection.ended) return
      connection.ended = true
      open--
      tell({ connection, end: { outcome, duration: now() - connection.start } })
    },
    listen(listener) {
      onNews = listener
      if (waiting.size > 0) listener?.(false)
    },
    read(): CheckedNews {
      const news: CheckedNews = { lost, more: false }
      lost = 0
      if (waiting.size === 0) return news
      const columns = createOperationColumns(waiting.size)
      let i = 0
      waiting.forEach(({ connection, end }) => {
        const { id, kind, start, detail } = connection
        columns.id[i] = id
        columns.kind[i] = indexIn(KINDS, kind)
        columns.outcome[i] = indexIn(OUTCOMES, end?.outcome ?? 'pending')
        columns.name[i] = i
        append(columns.strings, `${kind === 'websocket' ? 'WS' : 'ES'} ${detail.url}`)
        columns.start[i] = start
        columns.duration[i] = end?.duration ?? Number.NaN
        append(columns.details, [i, { connection: { ...detail } }])
        i++
      })
      waiting.clear()
      return { ...news, operations: columns }
    },
  }
}
