// Runs in every world and touches none: every message that crosses from one world to another.
import type { DocumentInfo, RawBatch } from './batch.ts'

/**
 * Dispatched on `performance` by the relay, as all its events and the page script's are: `document.open` takes the listeners
 * from a window and its document, but not from there. Carries the name by which the page script's messages are dispatched.
 */
export const CONNECT_EVENT = 'perf:connect'
/** The name of the relay's own messages. */
export const commandEvent = (name: string): string => `${name}.`
/** Dispatched there by the page script: is there a relay? */
export const READY_EVENT = 'perf:ready'

/** Names of the runtime ports that reach the background. */
export const RELAY_PORT = 'relay'
export const DEVTOOLS_PORT = 'devtools'

/** On this BroadcastChannel the background tells extension pages that a session's log changed. */
export const LOG_CHANNEL = 'perf-log'

/** Page script → relay, as the data of events by a name that only the two know. */
export type PageMessage = { type: 'hello'; memoryAvailable: boolean } | { type: 'batch'; batch: RawBatch }

/**
 * Relay → page script, likewise. `stored` counts the page's batches that are safe, and the operations in them; `leave`:
 * the page may be gone when this task ends, or comes back, from the back/forward cache.
 */
export type PageCommand =
  | { type: 'stored'; batches: number; operations: number }
  | { type: 'record'; on: boolean }
  | { type: 'call-stacks'; on: boolean }
  | { type: 'leave' }
  | { type: 'stop' }

/** Relay → background, over the runtime port. `since`: when it began, in epoch milliseconds; `seq` counts from 1 per stream. */
export type RelayMessage =
  | { type: 'document'; document: DocumentInfo; since: number }
  | { type: 'batch'; seq: number; title: string; batch: RawBatch }

/**
 * Background → relay. `call-stacks`: whether the page script takes one of each request; `stop`: recording has ended,
 * what is left to say is handed over; `discard`: nothing of this document is wanted; `cleared`: the tab has had a
 * new session since `at` (epoch milliseconds), which is to be told what runs.
 */
export type RelayCommand =
  | { type: 'stored'; seq: number }
  | { type: 'record'; on: boolean /** Of parameters, where they may have changed. */; secretNames?: string[] }
  | { type: 'call-stacks'; on: boolean }
  | { type: 'stop' }
  | { type: 'discard' }
  | { type: 'cleared'; at: number }

/** Devtools page → background, on its port: first which tab it is of, then at times that it is still open. */
export type DevtoolsMessage = { type: 'inspect'; tabId: number } | { type: 'open' }

/** Panel → background, as one-off messages, answered with the tab's `SessionInfo` where nothing else is said. */
export type PanelRequest =
  | { type: 'session'; tabId: number }
  | { type: 'record'; tabId: number; on: boolean }
  | { type: 'preserve-log'; tabId: number; on: boolean }
  | { type: 'clear'; tabId: number }
  /** Removes a stored session that is not in use; answered with whether it did. */
  | { type: 'remove'; tabId: number; sessionId: string }
  /** Answered with all stored sessions, as `ListedSession[]`. */
  | { type: 'list'; tabId: number }
  /** Answered with `PageAccess`. The URL is what DevTools tells of the page, which is nothing for the browser's own. */
  | { type: 'access'; tabId: number; url?: string }

/** The session of an inspected tab. */
export interface SessionInfo {
  id: string
  tabId: number
  /** Milliseconds since the Unix epoch. */
  createdAt: number
  recording: boolean
  /** Whether it goes on when the tab navigates; else a navigation of the top frame starts a new one. */
  preserveLog: boolean
  /** The tab's latest top document. */
  topDocument?: string
}

/** A session with what is known of its log. */
export interface StoredSession extends SessionInfo {
  /** Of the tab's top document, the latest one. */
  url: string
  title: string
  /** When something was last added, in epoch milliseconds. */
  appendedAt: number
  /** Operations whose end the page has told. */
  operations: number
  /** About what is stored. */
  bytes: number
}

/** What panels are told of all stored sessions. */
export interface ListedSession extends StoredSession {
  /** Whether it is the session of a tab whose DevTools is open: it is not removed. */
  inUse: boolean
}

/** Background → panels, on LOG_CHANNEL: something changed; the log itself is read from storage. */
export interface LogChange {
  sessionId: string
  /**
   * `replaced`: the tab has another session now (after Clear, or as the browser has lost it); `session`: its
   * SessionInfo changed; `removed`: it is gone; `full`: the browser has no space for what it is sent, which is kept and
   * tried again.
   */
  change: 'appended' | 'replaced' | 'session' | 'removed' | 'full'
  /** With `appended`: requests were added whose end is not known yet. */
  pendingRequests?: boolean
}
