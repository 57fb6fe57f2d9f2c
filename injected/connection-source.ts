// Page's own world (MAIN): connections that stay open, as a source that the recorder reads. Each is told again
// whenever its counts have changed.
import { now } from '../monitor/clock.ts'
import { type ConnectionDetail, createOperationColumns, KINDS, OUTCOMES, type Outcome } from '../wire/operations.ts'
import { redactUrl } from '../wire/redact-url.ts'
import type { CheckedNews, CheckedSource } from './guarded-source.ts'
import { shortUrl } from './short-url.ts'

/** Connections followed at a time; a page that opens more gets the rest counted as lost. */
export const MAX_CONNECTIONS = 2_000

/** One connection, written to by the patches. */
export interface Connection {
  readonly kind: 'websocket' | 'eventsource'
  readonly id: number
  readonly start: number
  readonly detail: ConnectionDetail
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
  end?: { outcome: Exclude<Outcome, 'pending'>; duration: number }
}

export function createConnectionSource(): ConnectionSource {
  const open = new Set<Connection>()
  const waiting = new Map<Connection, Row>()
  let lastId = 0
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const tell = (row: Row): void => {
    waiting.set(row.connection, row)
    if (waiting.size === 1) onNews?.(false)
  }

  return {
    open(kind, url) {
      if (open.size + waiting.size >= MAX_CONNECTIONS) {
        lost++
        return undefined
      }
      const detail = { url: redactUrl(url), messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
      const connection: Connection = { kind, id: ++lastId, start: now(), detail }
      open.add(connection)
      tell({ connection })
      return connection
    },
    changed(connection) {
      if (open.has(connection)) tell({ connection })
    },
    end(connection, outcome) {
      if (open.delete(connection)) tell({ connection, end: { outcome, duration: now() - connection.start } })
    },
    listen(listener) {
      onNews = listener
      if (waiting.size > 0) listener?.(false)
    },
    read(): CheckedNews {
      const rows = [...waiting.values()]
      waiting.clear()
      const news: CheckedNews = { lost, more: false }
      lost = 0
      if (rows.length === 0) return news
      const columns = createOperationColumns(rows.length)
      for (const [i, { connection, end }] of rows.entries()) {
        const { id, kind, start, detail } = connection
        columns.id[i] = id
        columns.kind[i] = KINDS.indexOf(kind)
        columns.outcome[i] = OUTCOMES.indexOf(end?.outcome ?? 'pending')
        columns.name[i] = columns.strings.push(`${kind === 'websocket' ? 'WS' : 'ES'} ${shortUrl(detail.url)}`) - 1
        columns.start[i] = start
        columns.duration[i] = end?.duration ?? Number.NaN
        columns.details.push([i, { connection: { ...detail } }])
      }
      return { ...news, operations: columns }
    },
  }
}
