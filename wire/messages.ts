// Any world: every message that crosses from one world to another.
import type { DocumentInfo, RawBatch } from './batch.ts'

/**
 * Dispatched on `performance` by the relay, as all events between it and the page script are: `document.open` removes the
 * listeners of a document and its window (https://html.spec.whatwg.org/#document-open-steps), but not of `performance`. Its
 * data is the name of the page script's messages.
 */
export const CONNECT_EVENT = 'perf:connect'
/** The name of the relay's own messages. */
export const commandEvent = (name: string): string => `${name}.`
/** Dispatched there by the page script, to ask whether there is a relay. */
export const READY_EVENT = 'perf:ready'

/** Names of the runtime ports that reach the background. */
export const RELAY_PORT = 'relay'
export const DEVTOOLS_PORT = 'devtools'

/** On this BroadcastChannel the background tells the other extension pages what changed in a session. */
export const LOG_CHANNEL = 'perf-log'

/** Page script → relay, as the data of events by a name that only the two know. */
export type PageMessage = { type: 'hello'; memoryAvailable: boolean } | { type: 'batch'; batch: RawBatch }

/**
 * Relay → page script, likewise. `stored`: so many more of the page's batches are safe, with so many operations; `flush`: all
 * that is recorded has to be sent within this call, as the page may be gone after it; `report-pending`: the tab has another
 * session, which does not know of the requests in flight.
 */
export type PageCommand =
  | { type: 'stored'; batches: number; operations: number }
  | { type: 'record'; on: boolean }
  | { type: 'call-stacks'; on: boolean }
  | { type: 'flush' }
  | { type: 'report-pending' }
  | { type: 'stop' }

/**
 * Relay → background, over the runtime port. `since`: when it began, in epoch milliseconds; `seq` counts from 1 per stream.
 * `stopped`: the relay has ended, and nothing more comes from it. Scripts that were run before that have found it at work.
 */
export type RelayMessage =
  | { type: 'document'; document: DocumentInfo; since: number }
  | { type: 'batch'; seq: number; title: string; batch: RawBatch }
  | { type: 'stopped' }

/**
 * Background → relay, and `sample-heap` panel → relay.
 *
 * `released`: the background knows that the relay has stopped.
 * `record`: whether the document is recorded, and the names of secret parameters, where they may have changed.
 * `call-stacks`: whether the page script captures one for each request.
 * `stop`: recording has ended, and what is not sent yet is to be sent.
 * `discard`: nothing of this document is wanted.
 * `cleared`: the tab has a new session, which needs to know what is running. What had ended at `at` (epoch milliseconds)
 * belongs to the session before.
 * `sample-heap`: the panel measures allocations, so the heap is to be read more often for a few seconds.
 */
export type RelayCommand =
  | { type: 'stored'; seq: number }
  | { type: 'record'; on: boolean; secretNames?: string[] }
  | { type: 'call-stacks'; on: boolean }
  | { type: 'stop' }
  | { type: 'discard' }
  | { type: 'released' }
  | { type: 'cleared'; at: number }
  | { type: 'sample-heap' }
  /** Asks for nothing: the background finds out whether a relay hears it. */
  | { type: 'present' }

/**
 * Devtools page → background, on its port: first which tab it inspects, then at intervals that it is still open, and when the tab
 * has another document.
 */
export type DevtoolsMessage = { type: 'inspect'; tabId: number } | { type: 'open' } | { type: 'navigated' }

/** Panel → background, as one-off messages. The answer is the tab's session, a `StoredSession`, where nothing else is said. */
export type PanelRequest =
  | { type: 'session'; tabId: number }
  | { type: 'record'; tabId: number; on: boolean }
  | { type: 'preserve-log'; tabId: number; on: boolean }
  | { type: 'clear'; tabId: number }
  /** Removes a stored session that is not in use. The answer is whether it did. */
  | { type: 'remove'; tabId: number; sessionId: string }
  /** The answer is all stored sessions, as `ListedSession[]`. */
  | { type: 'list'; tabId: number }
  /** The answer is a `PageAccess`. The URL is the page's, as far as DevTools knows it: a browser page has none. */
  | { type: 'access'; tabId: number; url?: string }

/** The session of an inspected tab. */
export interface SessionInfo {
  id: string
  tabId: number
  /** Milliseconds since the Unix epoch. */
  createdAt: number
  /**
   * What had ended by then, in epoch milliseconds, belongs to the session that this one has replaced. Absent if it replaced
   * none.
   */
  clearedAt?: number
  recording: boolean
  /** When recording was last switched off, in epoch milliseconds. */
  pausedAt?: number
  /** Whether the session goes on when the tab navigates; else a navigation of the top frame starts a new one. */
  preserveLog: boolean
  /** Bytes that its log may take; absent where there is no bound. */
  budget?: number
  /** The log has reached its budget, and recording was switched off for that reason. */
  limitReached?: boolean
  /** The tab's latest top document. */
  topDocument?: string
}

/** A session with what is known of its log. */
export interface StoredSession extends SessionInfo {
  /** Of the tab's latest top document. */
  url: string
  title: string
  /** When an entry was last added, in epoch milliseconds. */
  appendedAt: number
  /** Operations that have ended, as far as the page has reported. */
  operations: number
  /** About how many are stored. */
  bytes: number
  /** What the collector has of it; absent where nothing was sent. */
  sent?: SentSession
}

/** How much of a session was sent to the collector. */
export interface SentSession {
  traces: SentProgress
  metrics: SentProgress
  /** Why the latest request failed; absent if it did not. */
  problem?: SendProblem
}

/**
 * How far one signal of a session was sent. A row is the index of an operation in the order in which the log reports them
 * first, so it is the same each time that the log is read.
 */
export interface SentProgress {
  /** Below it, all rows are done but those in `running`. */
  rows: number
  /** Rows of operations that had not ended. */
  running: number[]
  /** Nothing up to this position of the log is left to send. */
  position: number
  /** Operations that the collector has taken. */
  taken: number
  /** Spans, or points of metrics, that it has rejected, and operations that ran too long to be waited for. */
  lost: number
  /** Until when they are counted in metrics that were sent, in epoch milliseconds. */
  until?: number
}

export interface SendProblem {
  endpoint: string
  /** A clause, such as "it answered 503 Service Unavailable". */
  reason: string
  /** When it is tried again, in epoch milliseconds; absent if it is not. */
  retryAt?: number
}

/** What panels list of each stored session. */
export interface ListedSession extends StoredSession {
  /** Whether it is the session of a tab whose DevTools is open: such a session can't be removed. */
  inUse: boolean
}

/** Background → panels and devtools pages, on LOG_CHANNEL. The log itself is read from storage. */
export type LogChange = { sessionId: string } & (
  | {
      change: 'appended'
      /** Requests were added whose end is not known yet. */
      pendingRequests?: boolean
    }
  /** What is known of the session changed. */
  | { change: 'session'; session: StoredSession }
  /** The tab has another session now: after Clear, or as the browser has lost the one that it had. */
  | { change: 'replaced'; session: StoredSession }
  | { change: 'removed' }
  /** The browser has no space for what is to be stored of the session; the background tries again until it has. */
  | { change: 'no-space' }
)
