// Panel and its worker: what of a session file crosses from the one to the other, checked, some rows at a time.
import type { SessionGap, SessionHead, SessionMetrics, SessionNavigation } from '../../session/format.ts'
import type { DocumentInfo, LongTask, MemorySample } from '../../wire/batch.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import type { OperationColumns } from '../../wire/operations.ts'

/** The top of a file: an export of the session has the same. */
export type ImportedHead = SessionHead & { metrics: SessionMetrics }

/** Ids, which are texts, as columns: most of them end with a number that follows few different prefixes. */
export interface IdColumns {
  /** Indices into `prefixes`; NO_ID where there is none. */
  prefix: Uint32Array
  /** What follows the prefix; NO_NUMBER where nothing does. */
  number: Uint32Array
  prefixes: string[]
}

export const NO_ID = 0xffffffff
export const NO_NUMBER = 0xffffffff

export type ImportPart =
  /** Epoch milliseconds: comes before all rows. */
  | { type: 'createdAt'; time: number }
  | { type: 'documents'; documents: DocumentInfo[] }
  | {
      type: 'operations'
      /** Times are epoch milliseconds; ids are row numbers, from 1 for the file's first operation. */
      columns: OperationColumns
      /** The number of each row's document. */
      document: Uint32Array
      ids: IdColumns
      parents: IdColumns
      /** Where it is not start and duration: the row in `columns`, and epoch milliseconds. */
      ends: [row: number, endTime: number][]
    }
  | { type: 'memory'; samples: { document: number; sample: MemorySample }[] }
  | { type: 'snapshots'; snapshots: { label: string; time: number; usedBytes?: number; document: number }[] }
  | { type: 'networkRequests'; requests: NetworkRequest[] }
  | { type: 'marks'; navigations: SessionNavigation[]; longTasks: { document: number; task: LongTask }[] }
  | { type: 'gaps'; gaps: SessionGap[] }
  /** Numbers of operations, from 1, and of their parents, where those come later in the file. */
  | { type: 'links'; links: [number: number, parent: number][] }
  /** The last one. */
  | { type: 'head'; head: ImportedHead }

/** Panel → worker: the file, then `next` for each part that has been taken in. */
export type ImportRequest = { type: 'open'; file: File } | { type: 'next' }

/** Worker → panel. `share` of the file that has been read, 0 to 1. */
export type ImportAnswer =
  | { type: 'part'; part: ImportPart; share: number }
  | { type: 'done' }
  | { type: 'failed'; problem: string }
