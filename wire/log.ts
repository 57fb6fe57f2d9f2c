// Any world: how a session is stored: as an append-only log of records. Everything that is shown or exported is computed
// from the log.
import type { Batch, DocumentInfo, SettledSnapshot } from './batch.ts'
import type { NetworkRequest } from './network.ts'

/** A record describes its document in full, so that any part of the log can be read without the rest. */
export type LogEntry =
  | { type: 'document'; document: DocumentInfo }
  | { type: 'batch'; document: DocumentInfo; batch: Batch }
  | NetworkEntry
  | { type: 'settled'; document: DocumentInfo; snapshot: SettledSnapshot }
  /** The page crashed at `time` (epoch milliseconds). What it had not sent is lost; how much that is, is not known. */
  | { type: 'crash'; document: DocumentInfo; time: number }
  /** By `time` (epoch milliseconds) the browser had deleted the tab's earlier session. This session continues it. */
  | { type: 'storage-lost'; time: number }
  /** Recording was switched off or on at `time` (epoch milliseconds); by the user if there is no `reason`. */
  | { type: 'recording'; on: boolean; time: number; reason?: 'session-full' }
  /**
   * By `time` (epoch milliseconds) a page with `count` operations was unloaded before the background learned its tab. It may
   * have been this tab.
   */
  | { type: 'unattributed'; time: number; count: number }

/** What DevTools saw of the tab's network. */
export interface NetworkEntry {
  type: 'network'
  requests: NetworkRequest[]
  look?: NetworkLook
  /** How many requests were dropped, as storing them took too long, and when they had started: epoch milliseconds. */
  dropped?: { count: number; startTime: number; endTime: number }
}

/** The requests in DevTools' list that have no response yet. */
export interface NetworkLook {
  /** Epoch milliseconds. */
  time: number
  /** When the list was last emptied, in epoch milliseconds. A request that started before need not be in it. */
  since?: number
  /** Each as `METHOD URL`. */
  unanswered: string[]
  /** Those of them that no earlier look reported. */
  running?: NetworkRequest[]
}

export interface LogRecord {
  session: string
  /** Position in the session's log: about the number of bytes up to its end, so that a reader can bound what it reads. */
  n: number
  /** Set if a document sent it: `[stream, seq]`. It is unique, so that what is sent twice is stored once. */
  delivery?: [stream: string, seq: number]
  entry: LogEntry
}
