// Any world: what a session file is read into: parts of some rows each, checked, in columns.
import type { ImportedHead, SessionGap, SessionNavigation } from '../../../session/format.ts'
import type { DocumentInfo, LongTask, MemorySample } from '../../../wire/batch.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import type { ImportedOperations } from '../../session/imported-operations.ts'

export type ImportPart =
  /** Epoch milliseconds: comes before all rows. */
  | { type: 'createdAt'; time: number }
  | { type: 'documents'; documents: DocumentInfo[] }
  | { type: 'operations'; operations: ImportedOperations }
  | { type: 'memory'; samples: { document: number; sample: MemorySample }[] }
  | { type: 'snapshots'; snapshots: { label: string; time: number; usedBytes?: number; document: number }[] }
  | { type: 'networkRequests'; requests: NetworkRequest[] }
  | { type: 'marks'; navigations: SessionNavigation[]; longTasks: { document: number; task: LongTask }[] }
  | { type: 'gaps'; gaps: SessionGap[] }
  /** Numbers of operations, from 1, and of their parents, where those come later in the file. */
  | { type: 'links'; links: [number: number, parent: number][] }
  /** The last one. */
  | { type: 'head'; head: ImportedHead }
