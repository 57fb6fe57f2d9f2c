// Page's own world (MAIN): WebSockets and EventSources as a source that the recorder reads. Each is reported again when its
// counts have changed.
import { now } from '../monitor/clock.ts'
import { type ConnectionDetail, createOperationColumns, FAILED, PENDING, WEBSOCKET } from '../wire/operations.ts'
import type { CheckedNews, CheckedSource } from './guarded-source.ts'
import { later } from './primordials/later.ts'
import { bare } from './primordials/natives.ts'
import { SafeMap } from './primordials/safe-map.ts'

/** Connections that are followed at a time. Further ones are counted as lost. */
export const MAX_CONNECTIONS = 2_000

/** One connection, written to by the patches. */
export interface Connection {
  /** WEBSOCKET or EVENT_SOURCE. */
  readonly kind: number
  readonly id: number
  readonly start: number
  /** Its URL still has its secrets. */
  readonly detail: ConnectionDetail
  /** Index into OUTCOMES. */
  outcome: number
  /** Milliseconds; NaN while it is open. */
  duration: number
  /** When `fail` was called; 0 before. */
  failedAt: number
  /** An EventSource that is not open got an error, and is tried again. */
  hadError: boolean
}

export interface ConnectionSource extends CheckedSource {
  /** Undefined when there are too many. */
  open(kind: number, url: string): Connection | undefined
  /** Call it after a change of the detail. */
  changed(connection: Connection): void
  /** @param outcome index into OUTCOMES. */
  end(connection: Connection, outcome: number): void
  /** Ends it as failed in a later task, which never comes if the page is being left. */
  fail(connection: Connection): void
}

export function createConnectionSource(): ConnectionSource {
  /** How many are open. */
  let open = 0
  /** Connections that have to be reported. */
  const waiting = new SafeMap<Connection, undefined>()
  let lastId = 0
  let lost = 0
  let onNews: ((urgent: boolean) => void) | undefined

  const report = (connection: Connection): void => {
    waiting.set(connection, undefined)
    if (waiting.size === 1) onNews?.(false)
  }

  const end = (connection: Connection, outcome: number, time: number): void => {
    if (connection.outcome !== PENDING) return
    connection.outcome = outcome
    connection.duration = time - connection.start
    open--
    report(connection)
  }

  return {
    open(kind, url) {
      if (open + waiting.size >= MAX_CONNECTIONS) {
        lost++
        return undefined
      }
      const detail = { url, messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
      const connection: Connection = {
        kind,
        id: ++lastId,
        start: now(),
        detail,
        outcome: PENDING,
        duration: Number.NaN,
        failedAt: 0,
        hadError: false,
      }
      open++
      report(connection)
      return connection
    },
    changed(connection) {
      if (connection.outcome === PENDING) report(connection)
    },
    end(connection, outcome) {
      if (!connection.failedAt) end(connection, outcome, now())
    },
    fail(connection) {
      connection.failedAt ||= now()
      later(() => end(connection, FAILED, connection.failedAt), 0)
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
      const strings = bare(columns.strings)
      const details = bare(columns.details)
      let i = 0
      waiting.forEach((_, { id, kind, start, detail, outcome, duration }) => {
        columns.id[i] = id
        columns.kind[i] = kind
        columns.outcome[i] = outcome
        columns.name[i] = i
        strings[i] = `${kind === WEBSOCKET ? 'WS' : 'ES'} ${detail.url}`
        columns.start[i] = start
        columns.duration[i] = duration
        details[i] = [i, { connection: { ...detail } }]
        i++
      })
      waiting.clear()
      return { ...news, operations: columns }
    },
  }
}
