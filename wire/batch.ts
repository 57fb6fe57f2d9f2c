// Any world: what a document sends at a time, and which document it is.
import type { LossSummary } from './loss-summary.ts'
import type { OperationColumns, RawOperationColumns } from './operations.ts'

/** One reading of the heap's size. Sizes are bytes. */
export interface MemorySample {
  /** Milliseconds since the document's time origin. */
  time: number
  usedJSHeapSize: number
  totalJSHeapSize: number
  jsHeapSizeLimit: number
  /** The API that the numbers come from. */
  source: 'performance.memory'
}

/** A reading of the heap after all garbage was collected, as the user asked for it. */
export interface SettledSnapshot extends Snapshot {
  usedBytes: number
  settled: true
  /** Rounds of a leak test are counted from 1; 0 is the reading before the first. */
  round?: number
  /** Nothing was to happen in this round: it is one of the control. */
  idle?: true
}

/** A labelled sample that the page asked for. `usedBytes` is absent where there is no memory API. */
export interface Snapshot {
  label: string
  /** Milliseconds since the document's time origin. */
  time: number
  usedBytes?: number
}

/** A task that kept the page's main thread for 50 ms or more (Long Tasks API). */
export interface LongTask {
  /** Milliseconds since the document's time origin. */
  start: number
  /** Milliseconds. */
  duration: number
}

/** Something that happened in a page beside its operations. */
export interface PageEvent {
  type: 'interaction' | 'visibility' | 'soft-navigation' | 'long-animation-frame'
  /** Milliseconds since the document's time origin. */
  start: number
  /** Milliseconds; 0 if it has no duration. Browsers round the duration of an interaction to 8 ms. */
  duration: number
  /**
   * The type of an interaction's event, such as `click`; `visible` or `hidden`; the new URL of a soft navigation; or the
   * URL of the script that ran longest in a long animation frame, if any. URLs have no query.
   */
  name: string
  /** The events of one interaction share a number. 0 for anything else. */
  id: number
}

/** Why recorded data was lost. */
export type LossReason =
  /** More operations ended between two batches than the monitor's buffer holds. */
  | 'buffer-full'
  /** The page started operations faster than they could be stored. */
  | 'backpressure'
  /** A monitor returned something that is no batch. */
  | 'malformed'
  /** The page was left with more operations than could be kept until the background reads them. */
  | 'page-left'
  /** The session had reached its storage limit. */
  | 'session-full'
  /** There were more memory samples, snapshots or page events than are kept while nothing can be stored. Operations are not affected. */
  | 'samples'

export interface Loss {
  reason: LossReason
  /** How many operations were lost; memory samples, snapshots or page events if the reason is `samples`. */
  count: number
  /** The statistics of those operations, where they are known. */
  summary?: LossSummary | undefined
}

/** Everything that a document recorded since its last batch. */
export interface Batch<Columns = OperationColumns> {
  /** One element for each source: the requests, and each copy of the library, by its number in this document. */
  operations: { source: number; columns: Columns }[]
  /** The relay measures and adds them. */
  memory: MemorySample[]
  snapshots: Snapshot[]
  /** Absent if there were none. The relay observes and adds them. */
  longTasks?: LongTask[]
  /** How many long tasks were dropped. */
  longTasksDropped?: number
  /** Absent if there are none. */
  pageEvents?: PageEvent[]
  losses: Loss[]
  /** Milliseconds that our own tasks took on the page's main thread since the last batch. */
  overheadMs?: number
  /** Milliseconds since the time origin: what had ended by then belongs to the session before Clear. */
  clearedAt?: number
  /** Milliseconds since the time origin: an earlier recording of the document reported the requests that started by then. */
  reportedUntil?: number
  /**
   * Milliseconds by which the wall clock is ahead of the document's clock, time origin included. They differ because the
   * wall clock is corrected, and also runs while the machine sleeps.
   */
  wallOffset?: number
  /** Milliseconds since the time origin at which the page script made it: it has reported all calls before. The relay adds it. */
  time?: number
}

/** The same on the way from the page script to the background. */
export type RawBatch = Batch<RawOperationColumns>

/** The number of operations in a batch, of all sources. */
export function operationsIn({ operations }: Pick<Batch | RawBatch, 'operations'>): number {
  return operations.reduce((sum, { columns }) => sum + columns.id.length, 0)
}

/** The document a batch comes from. */
export interface DocumentInfo {
  /** The id of this recording of the document. A document into which scripts are injected again gets a new one. */
  stream: string
  /** The browser's own id of the document, where it has one. */
  documentId?: string
  /** 0 for the tab's top frame. */
  frameId: number
  url: string
  title: string
  userAgent: string
  /** Milliseconds since the Unix epoch at which the document's monotonic clock was 0. */
  timeOrigin: number
  /** The smallest step of the document's clock, in milliseconds. */
  clockResolution: number
  /** Whether the document has a memory API. */
  memoryAvailable: boolean
  /** How the user came to the document, by Navigation Timing: navigate, reload, back_forward, prerender. */
  navigationType: string
}
