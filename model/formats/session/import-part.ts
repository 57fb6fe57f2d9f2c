// Model: the parts that a file is read in, whatever its format. Each has some rows, which are checked.
import type { ImportedHead, SessionGap, SessionNavigation } from '../../../session/format.ts'
import type { DocumentInfo, LongTask, MemorySample } from '../../../wire/batch.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import type { DocumentNumber, Row } from '../../numbers.ts'
import type { ImportedOperations } from '../../session/imported-operations.ts'
import type { PlacedPageEvent, PlacedSnapshot } from '../../session/session-model.ts'

/** What a file of another format was written for: it lacks what that does not know of a session. */
export type FileOrigin = 'har' | 'chrome-trace'

/** Rows of a part that is made of a list: the panel takes a part in at once. */
const ROWS_PER_PART = 1_000

/** Sections of a list that are small enough for a part each. */
export function* sections<Item>(list: readonly Item[]): Generator<Item[], void> {
  for (let first = 0; first < list.length; first += ROWS_PER_PART) yield list.slice(first, first + ROWS_PER_PART)
}

export type ImportPart =
  /** Epoch milliseconds. The first part. */
  | { type: 'createdAt'; time: number }
  | { type: 'documents'; documents: DocumentInfo[] }
  | { type: 'operations'; operations: ImportedOperations }
  | { type: 'memory'; samples: { document: DocumentNumber; sample: MemorySample }[] }
  | { type: 'snapshots'; snapshots: PlacedSnapshot[] }
  | { type: 'networkRequests'; requests: NetworkRequest[] }
  | {
      type: 'marks'
      navigations: SessionNavigation[]
      longTasks: { document: DocumentNumber; task: LongTask }[]
      pageEvents?: PlacedPageEvent[]
    }
  | { type: 'gaps'; gaps: SessionGap[] }
  /** The parents of operations, where those come later in the file; counted from 1. */
  | { type: 'links'; links: [row: Row, parent: number][] }
  /** The last part. */
  | { type: 'head'; head: ImportedHead; origin?: FileOrigin }
