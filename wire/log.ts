// Runs in every world and touches none: the stored form of a session. A session is an append-only log; all
// that is shown or exported is a fold over it.
import type { Batch, DocumentInfo } from './batch.ts'
import type { NetworkRequest } from './network.ts'

/** A record names its document in full, so that any part of the log can be read without the rest. */
export type LogEntry =
  | { type: 'document'; document: DocumentInfo }
  | { type: 'batch'; document: DocumentInfo; batch: Batch }
  | NetworkEntry
  /** The page died at `time` (epoch milliseconds): what it had not handed over is gone, and nobody knows how much. */
  | { type: 'crash'; document: DocumentInfo; time: number }
  /** The browser had lost the tab's session by `time` (epoch milliseconds): this one goes on in its place. */
  | { type: 'storage-lost'; time: number }
  /** Recording was switched off or on, at `time` (epoch milliseconds): by the user, where there is no `reason`. */
  | { type: 'recording'; on: boolean; time: number; reason?: 'session-full' }
  /**
   * By `time` (epoch milliseconds) a page with `count` operations was unloaded before the background learned which tab it was
   * in: it may have been this one.
   */
  | { type: 'unattributed'; time: number; count: number }

/** What DevTools saw of the tab's network. */
export interface NetworkEntry {
  type: 'network'
  requests: NetworkRequest[]
  look?: NetworkLook
  /** How many requests had to wait too long to be stored, and when they had begun: epoch milliseconds. */
  dropped?: { count: number; startTime: number; endTime: number }
}

/** What DevTools' list of all requests says of those that have no response yet. */
export interface NetworkLook {
  /** Epoch milliseconds. */
  time: number
  /** When the list was emptied, in epoch milliseconds: what began before need not be in it. */
  since?: number
  /** Each as `METHOD URL`. */
  unanswered: string[]
  /** Those of them that no look before has told of. */
  running?: NetworkRequest[]
}

export interface LogRecord {
  session: string
  /** Position in the session's log: about the bytes up to its end, so that a reader can bound what it reads. */
  n: number
  /** Set for what a document sent: `[stream, seq]`, unique, so that what is sent twice is stored once. */
  delivery?: [stream: string, seq: number]
  entry: LogEntry
}
