// Model: turns what a file of another format says into the parts of a session. What it does not say stays unknown.
import { ExactTotals } from '../../session/exact-totals.ts'
import { type ImportedHead, SESSION_FORMAT, SESSION_VERSION } from '../../session/format.ts'
import type { DocumentInfo } from '../../wire/batch.ts'
import { isConnection, KINDS, type Kind, type OperationDetail, OUTCOMES, type Outcome } from '../../wire/operations.ts'
import { END_REASONS, type EndReason } from '../../wire/reason-codes.ts'
import { createImportedOperations, setIds } from '../session/imported-operations.ts'
import type { FileOrigin, ImportPart } from './session/import-part.ts'

/** The last moment that a session has: epoch milliseconds. */
const MAX_TIME = 8.64e15

/** An operation that a file says something of. Times are milliseconds. */
export interface FoundOperation {
  name: string
  kind: Kind
  outcome: Outcome
  /** Since the Unix epoch. */
  start: number
  /** Undefined if it is pending. */
  duration: number | undefined
  /** Why a pending one will not get an end. */
  endUnknown?: EndReason
  /** The number of its document. */
  document: number
  detail?: OperationDetail
}

/** Collects what is counted of a file's operations while they are read. */
export class FoundOperations {
  readonly #totals = new ExactTotals()
  #count = 0
  #pending = 0

  /** The next operations of the file, as a part. */
  part(found: readonly FoundOperation[]): ImportPart {
    const rows = createImportedOperations(found.length)
    const names = new Map<string, number>()
    for (const [i, { name, kind, outcome, start, duration, endUnknown, document, detail }] of found.entries()) {
      const index = names.get(name) ?? rows.strings.push(name) - 1
      names.set(name, index)
      rows.name[i] = index
      rows.kind[i] = KINDS.indexOf(kind)
      rows.outcome[i] = OUTCOMES.indexOf(outcome)
      rows.start[i] = start
      const known = duration === undefined ? undefined : Math.min(duration, MAX_TIME - start)
      rows.duration[i] = known ?? Number.NaN
      rows.endUnknown[i] = END_REASONS.indexOf(endUnknown)
      rows.document[i] = document
      if (detail) rows.details.push([i, detail])
      if (known === undefined) this.#pending++
      // A connection is counted, and has no latency.
      else this.#totals.record(isConnection(rows.kind[i]) ? Number.NaN : known, OUTCOMES.indexOf(outcome))
    }
    const ids = found.map((_, i) => `${this.#count + i + 1}`)
    setIds(rows.ids, ids)
    setIds(
      rows.parentIds,
      found.map(() => undefined),
    )
    this.#count += found.length
    return { type: 'operations', operations: rows }
  }

  /** The last part. */
  head(origin: FileOrigin, facts: Pick<ImportedHead, 'generator' | 'createdAt' | 'page' | 'availability'>): ImportPart {
    const stats = this.#totals.stats()
    const metrics = {
      ...stats,
      totalOperations: stats.totalOperations + this.#pending,
      pendingOperations: this.#pending,
    }
    return { type: 'head', origin, head: { format: SESSION_FORMAT, version: SESSION_VERSION, ...facts, metrics } }
  }
}

/** A document of the tab's top frame. */
export function foundDocument(
  facts: Pick<DocumentInfo, 'url' | 'title' | 'timeOrigin' | 'clockResolution'> & { id: string; hasMemory?: boolean },
): DocumentInfo {
  const { id, hasMemory = false, ...rest } = facts
  const fixed = { frameId: 0, userAgent: '', navigationType: '', memoryAvailable: hasMemory }
  return { documentId: id, stream: id, ...rest, ...fixed }
}
