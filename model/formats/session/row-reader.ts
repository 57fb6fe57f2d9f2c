// Model: turns rows of a session file into parts for the session. The schema has checked the fields of each row; what must
// agree between rows is checked here.
import type {
  SessionGap,
  SessionLists,
  SessionMark,
  SessionMemorySample,
  SessionOperation,
  SessionSnapshot,
} from '../../../session/format.ts'
import { parseDateTime } from '../../../session/schema-check.ts'
import type { DocumentInfo } from '../../../wire/batch.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import { KINDS, OUTCOMES } from '../../../wire/operations.ts'
import { END_REASONS } from '../../../wire/reason-codes.ts'
import type { DocumentNumber, Row } from '../../numbers.ts'
import { DETAIL_FIELDS, declared, TRAFFIC_FIELDS } from '../../operation-fields.ts'
import { createImportedOperations, setIds } from '../../session/imported-operations.ts'
import type { PlacedPageEvent } from '../../session/session-model.ts'
import { invalid } from './import-error.ts'
import { type ImportPart, sections } from './import-part.ts'
import type { SessionTop } from './session-top.ts'

export interface RowReader {
  add(list: Exclude<keyof SessionLists, 'documents'>, first: number, rows: unknown[]): void
  /** All rows have been added. */
  end(): void
}

export function createRowReader({ head, documents: infos }: SessionTop, emit: (part: ImportPart) => void): RowReader {
  const { title, userAgent } = head.page
  const memoryAvailable = head.availability.memory !== 'not available'
  const documents = new Map<string, { number: DocumentNumber; frameId: number }>()
  /** The number of the operation with an id, counted from 1. */
  const operations = new Map<string, number>()

  /** Operations that come before their parent: the library lists parents after their children. */
  const orphans: [row: Row, parentId: string][] = []

  /** The time of the latest row, in lists that must be sorted by time. */
  const latest = { memory: Number.NEGATIVE_INFINITY, 'long-task': Number.NEGATIVE_INFINITY }
  const follow = (kind: keyof typeof latest, path: string, time: number): void => {
    if (time < latest[kind]) throw invalid(`${path}.time is before that of the ${kind} above it`)
    latest[kind] = time
  }

  const documentOf = (path: string, documentId: string): { number: DocumentNumber; frameId: number } => {
    const found = documents.get(documentId)
    if (!found) throw invalid(`${path}.documentId is that of no document`)
    return found
  }

  const readDocuments = (): void => {
    const read = infos.map(({ documentId, frameId, url, timeOrigin, clockResolution }, i): DocumentInfo => {
      if (documents.has(documentId)) throw invalid(`documents[${i}].documentId appears twice`)
      documents.set(documentId, { number: documents.size as DocumentNumber, frameId })
      const fields = { documentId, frameId, url, timeOrigin, clockResolution }
      return { ...fields, title, userAgent, stream: documentId, memoryAvailable, navigationType: '' }
    })
    for (const section of sections(read)) emit({ type: 'documents', documents: section })
  }

  const readOperations = (first: number, rows: SessionOperation[]): void => {
    const imported = createImportedOperations(rows.length)
    const names = new Map<string, number>()
    for (const [i, row] of rows.entries()) {
      const path = `operations[${first + i}]`
      const { id, operationName, kind, outcome, startTime, endTime, duration, parentId } = row
      const known = operations.get(id)
      if (known !== undefined) throw invalid(`${path}.id is that of operations[${known - 1}] too`)
      operations.set(id, first + i + 1)
      const { number, frameId } = documentOf(path, row.documentId)
      if (row.frameId !== frameId) throw invalid(`${path}.frameId is not that of its document`)
      const name = names.get(operationName) ?? imported.strings.push(operationName) - 1
      names.set(operationName, name)
      imported.document[i] = number
      imported.kind[i] = KINDS.indexOf(kind)
      imported.outcome[i] = OUTCOMES.indexOf(outcome)
      imported.name[i] = name
      imported.start[i] = startTime
      imported.duration[i] = duration ?? Number.NaN
      const parent = parentId === undefined ? 0 : operations.get(parentId)
      imported.parent[i] = parent ?? 0
      if (parent === undefined && parentId !== undefined) orphans.push([(first + i) as Row, parentId])
      if (endTime !== undefined && endTime !== startTime + (duration ?? 0)) imported.ends.push([i, endTime])
      imported.endUnknown[i] = END_REASONS.indexOf(row.endUnknown)
      const { error, metadata, http, connection, traffic } = row
      if (error || metadata !== undefined || http || connection) {
        imported.details.push([i, declared(row, DETAIL_FIELDS)])
      }
      if (traffic && traffic.length > 0)
        imported.traffic.push([i, traffic.map(point => declared(point, TRAFFIC_FIELDS))])
    }
    setIds(
      imported.ids,
      rows.map(({ id }) => id),
    )
    setIds(
      imported.parentIds,
      rows.map(({ parentId }) => parentId),
    )
    emit({ type: 'operations', operations: imported })
  }

  const readMarks = (first: number, rows: SessionMark[]): void => {
    const navigations = rows.filter(row => row.type === 'navigation')
    const longTasks = rows.flatMap((row, i) => {
      if (row.type !== 'long-task') return []
      const path = `marks[${first + i}]`
      follow('long-task', path, row.time)
      const { number } = documentOf(path, row.documentId)
      return [{ document: number, task: { start: row.time, duration: row.duration } }]
    })
    const pageEvents = rows.flatMap((row, i): PlacedPageEvent[] => {
      if (row.type === 'navigation' || row.type === 'long-task') return []
      const { type, time, duration, name, interactionId = 0 } = row
      const { number } = documentOf(`marks[${first + i}]`, row.documentId)
      return [{ type, start: time, duration, name, id: interactionId, document: number }]
    })
    emit({ type: 'marks', navigations, longTasks, pageEvents })
  }

  emit({ type: 'createdAt', time: parseDateTime(head.createdAt) })
  readDocuments()
  return {
    end() {
      const links = orphans.flatMap(([row, parentId]): [Row, number][] => {
        const parent = operations.get(parentId)
        return parent === undefined ? [] : [[row, parent]]
      })
      for (const section of sections(links)) emit({ type: 'links', links: section })
    },
    add(list, first, rows) {
      if (list === 'operations') readOperations(first, rows as SessionOperation[])
      else if (list === 'networkRequests') emit({ type: list, requests: rows as NetworkRequest[] })
      else if (list === 'marks') readMarks(first, rows as SessionMark[])
      else if (list === 'gaps') emit({ type: list, gaps: rows as SessionGap[] })
      else if (list === 'memory') {
        const samples = (rows as SessionMemorySample[]).map(({ documentId, ...sample }, i) => {
          const path = `memory[${first + i}]`
          follow('memory', path, sample.time)
          return { document: documentOf(path, documentId).number, sample }
        })
        emit({ type: list, samples })
      } else {
        const snapshots = (rows as SessionSnapshot[]).map(({ documentId, ...snapshot }, i) => ({
          ...snapshot,
          document: documentOf(`snapshots[${first + i}]`, documentId).number,
        }))
        emit({ type: list, snapshots })
      }
    },
  }
}
