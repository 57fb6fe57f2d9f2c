// Any world: the exported session, as session.schema.json describes it for machines. docs/CHANGELOG-formats.md lists
// what each version of the format changed.
// Sizes are bytes; times are milliseconds since the Unix epoch, with sub-millisecond digits, unless named a
// duration. What is not known is absent, never 0.

import type { LossReason, PageEvent } from '../wire/batch.ts'
import type { NetworkRequest } from '../wire/network.ts'
import type { ConnectionDetail, ErrorDetail, HttpDetail, Kind, Outcome } from '../wire/operations.ts'
import type { EndReason } from '../wire/reason-codes.ts'
import type { OperationStats } from './operation-totals.ts'

export const SESSION_FORMAT = 'perf-session'
export const SESSION_VERSION = 2

/** The top of the file: everything but its lists. */
export interface SessionHead {
  format: typeof SESSION_FORMAT
  version: typeof SESSION_VERSION
  generator: { name: string; version: string }
  /** ISO 8601. */
  createdAt: string
  page: { url: string; title: string; userAgent: string }
  /** The API that memory sizes come from, or that there is none. */
  availability: { memory: 'performance.memory' | 'process.memoryUsage' | 'not available' }
}

/** The rows of the file's lists, by the list's name. */
export interface SessionLists {
  documents: SessionDocument
  operations: SessionOperation
  /** Requests that only DevTools saw, or that could not be joined to an operation, by start. */
  networkRequests: NetworkRequest
  memory: SessionMemorySample
  snapshots: SessionSnapshot
  marks: SessionMark
  gaps: SessionGap
}

/** The whole file. */
export type SessionFile = SessionHead & { [List in keyof SessionLists]: SessionLists[List][] } & {
  metrics: SessionMetrics
}

export interface SessionDocument {
  documentId: string
  /** 0 for the tab's top frame. */
  frameId: number
  url: string
  timeOrigin: number
  /** The smallest step of its clock in milliseconds: none of its times is finer. */
  clockResolution: number
}

export interface SessionOperation {
  /** Unique within the file. */
  id: string
  operationName: string
  kind: Kind
  startTime: number
  endTime?: number
  /** Milliseconds from the monotonic clock; for a request to the end of the response's body. */
  duration?: number
  success: boolean
  outcome: Outcome
  error?: ErrorDetail
  metadata?: unknown
  http?: HttpDetail
  connection?: ConnectionDetail
  /** Of a WebSocket or an EventSource: what it had carried at some moments, in the order of time. */
  traffic?: SessionTrafficPoint[]
  /** Why it is pending and will not get an end. */
  endUnknown?: EndReason
  parentId?: string
  documentId: string
  frameId: number
}

/** The totals of a connection at a moment: messages and bytes up to then. */
export interface SessionTrafficPoint {
  time: number
  messagesIn: number
  bytesIn: number
  messagesOut: number
  bytesOut: number
}

export interface SessionMemorySample {
  time: number
  usedJSHeapSize: number
  totalJSHeapSize: number
  jsHeapSizeLimit: number
  source: 'performance.memory'
  documentId: string
}

export interface SessionSnapshot {
  label: string
  time: number
  usedBytes?: number
  /** The user asked for it, and all garbage was collected before. Others were asked for by the page. */
  settled?: true
  /** Of a leak test, counted from 1; 0 is the reading before the first round. */
  round?: number
  /** Nothing was to happen in this round: it is one of the control. */
  idle?: true
  documentId: string
}

export type SessionMark = SessionNavigation | SessionLongTask | SessionPageEvent

export interface SessionNavigation {
  time: number
  type: 'navigation'
  url: string
  /** By Navigation Timing: navigate, reload, back_forward, prerender. */
  navigationType: string
  documentId: string
}

/** A task that kept the page's main thread for 50 ms or more (Long Tasks API). */
export interface SessionLongTask {
  time: number
  type: 'long-task'
  /** Milliseconds. */
  duration: number
  documentId: string
}

/** Something that happened in a page beside its operations. */
export interface SessionPageEvent {
  time: number
  type: PageEvent['type']
  /** Milliseconds. */
  duration: number
  /** The type of an interaction's event, `visible` or `hidden`, the URL of a soft navigation, or that of a frame's longest script. */
  name: string
  /** The events of one interaction share a number. */
  interactionId?: number
  documentId: string
}

/** A span in which data was lost or not recorded. */
export interface SessionGap {
  startTime: number
  /** Absent while the gap lasts. */
  endTime?: number
  reason: LossReason | 'paused' | 'long-tasks' | 'requests' | 'page-crashed' | 'storage-lost' | 'unattributed'
  /** How many operations were lost, if that is known; or long tasks, samples or requests if the reason is about those. */
  count?: number
  documentId?: string
}

export interface SessionMetrics extends OperationStats {
  /** All operations: successful, failed, cancelled and pending ones. */
  totalOperations: number
  /** Operations that have not ended. All other statistics but `totalOperations` are of those that have. */
  pendingOperations: number
  /** Milliseconds that the monitor's own tasks took on the pages' main threads; the calls themselves are not in it. */
  overheadMs?: number
}

/** The members of a file that are not lists. */
export type ImportedHead = SessionHead & { metrics: SessionMetrics }
