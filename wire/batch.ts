// Runs in every world and touches none: what one document hands over at a time, and whose it is.
import type { LossSummary } from './loss-summary.ts'
import type { OperationColumns, RawOperationColumns } from './operations.ts'

/** One reading of the heap's size. Sizes are bytes. */
export interface MemorySample {
  /** Milliseconds since the document's time origin. */
  time: number
  usedJSHeapSize: number
  totalJSHeapSize: number
  jsHeapSizeLimit: number
  /** The API that gave the figures. */
  source: 'performance.memory'
}

/** A labelled reading that the page asked for. `usedBytes` is absent where there is no memory API. */
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

/** Why recorded data is missing. */
export type LossReason =
  /** More operations ended between two deliveries than the monitor's buffer holds. */
  | 'buffer-full'
  /** The page made operations faster than they could be stored. */
  | 'backpressure'
  /** A monitor handed over something that is no batch. */
  | 'malformed'
  /** The page was left with more than could be kept for the background. */
  | 'page-left'
  /** The session had reached its storage limit. */
  | 'session-full'
  /** Memory samples or snapshots, not operations: more than are kept while nothing can be stored. */
  | 'samples'

export interface Loss {
  reason: LossReason
  /** How many operations are missing; memory samples where they are. */
  count: number
  /** Of those operations, where they are known. */
  figures?: LossSummary | undefined
}

/** Everything a document recorded since its last batch. */
export interface Batch<Columns = OperationColumns> {
  /** One element per source (the monitor, the requests, an imported monitor), by its number in this document. */
  operations: { source: number; columns: Columns }[]
  /** The relay takes them, and puts them in. */
  memory: MemorySample[]
  snapshots: Snapshot[]
  /** Absent where there were none. The relay observes them, and puts them in. */
  longTasks?: LongTask[]
  /** How many more there were than are told. */
  longTasksDropped?: number
  losses: Loss[]
  /** Milliseconds that our own tasks took on the page's main thread since the last batch. */
  overheadMs?: number
  /** Milliseconds since the time origin: what had ended by then was cleared with the session before. */
  clearedAt?: number
  /** Milliseconds since the time origin: an earlier recording of the document has told the requests that began by then. */
  reportedUntil?: number
  /**
   * Milliseconds by which the wall clock was ahead of the document's, its time origin included: it is corrected, and goes
   * on while the machine sleeps.
   */
  wallOffset?: number
}

/** The same on the way from the page script to the background. */
export type RawBatch = Batch<RawOperationColumns>

/** How many rows a batch has, of all sources. */
export function operationsIn({ operations }: Pick<Batch | RawBatch, 'operations'>): number {
  return operations.reduce((sum, { columns }) => sum + columns.id.length, 0)
}

/** The document a batch comes from. */
export interface DocumentInfo {
  /** Names the recording of this document: a document injected anew gets a new one. */
  stream: string
  /** The browser's own id of the document, where it gives one. */
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
  /** Whether the document has a memory API at all. */
  memoryAvailable: boolean
  /** How the document was reached, by Navigation Timing: navigate, reload, back_forward, prerender. */
  navigationType: string
}
