// Any world: what a session file is read into: parts of some rows each, checked, in columns.
import type { ImportedHead, SessionGap, SessionNavigation } from '../../../session/format.ts'
import type { DocumentInfo, LongTask, MemorySample } from '../../../wire/batch.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import type { OperationColumns } from '../../../wire/operations.ts'

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
