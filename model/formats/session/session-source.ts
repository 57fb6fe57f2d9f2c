// Model: the session as the rows of a session file. Rows are created while they are written.
import type { ImportedHead } from '../../../session/format.ts'
import {
  SESSION_FORMAT,
  SESSION_VERSION,
  type SessionDocument,
  type SessionGap,
  type SessionMark,
  type SessionMemorySample,
  type SessionOperation,
  type SessionSnapshot,
} from '../../../session/format.ts'
import type { SessionSource } from '../../../session/write-session.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import type { DocumentNumber, Row } from '../../numbers.ts'
import { DETAIL_FIELDS, DEVTOOLS_FIELDS, declared } from '../../operation-fields.ts'
import { documentIdOf } from '../../session/document-table.ts'
import { OTHER } from '../../session/operation-table.ts'
import type { SessionModel } from '../../session/session-model.ts'
import { sessionStats } from '../../session/session-stats.ts'

/** The session must not change until all rows have been read. */
export function createSessionSource(
  session: SessionModel,
  generator: { name: string; version: string },
): SessionSource {
  return {
    // An imported session keeps the top of its file.
    ...(session.file ?? headOf(session, generator)),
    documents: documentRows(session),
    operations: operationRows(session),
    networkRequests: networkRows(session),
    memory: memoryRows(session),
    snapshots: snapshotRows(session),
    marks: markRows(session),
    gaps: gapRows(session),
  }
}

function headOf(session: SessionModel, generator: { name: string; version: string }): ImportedHead {
  const { createdAt, documents } = session
  const top = documents.top
  return {
    format: SESSION_FORMAT,
    version: SESSION_VERSION,
    generator,
    createdAt: new Date(createdAt).toISOString(),
    page: { url: redactUrl(top?.url ?? ''), title: top?.title ?? '', userAgent: top?.userAgent ?? '' },
    availability: { memory: documents.memoryAvailable ? 'performance.memory' : 'not available' },
    metrics: {
      ...sessionStats(session),
      ...(session.overheadMs === undefined ? {} : { overheadMs: session.overheadMs }),
    },
  }
}

function* documentRows({ documents }: SessionModel): Generator<SessionDocument, void> {
  const written = new Set<string>()
  for (const document of documents.all) {
    const documentId = documentIdOf(document)
    if (written.has(documentId)) continue
    written.add(documentId)
    const { frameId, url, timeOrigin, clockResolution } = document
    yield { documentId, frameId, url: redactUrl(url), timeOrigin, clockResolution }
  }
}

function* operationRows(session: SessionModel): Generator<SessionOperation, void> {
  const { order } = session.operations
  for (let position = 0; position < order.length; position++) yield operationRow(session, order.row(position))
}

/** An operation as a session file has it. */
export function operationRow(session: SessionModel, row: Row): SessionOperation {
  const { operations } = session
  const number = operations.document.get(row)
  const startTime = operations.start.get(row)
  const duration = operations.duration.get(row)
  const outcome = operations.outcomeOf(row)
  const endUnknown = operations.endReasonOf(row)
  const parentId = operations.parentIdOf(row)
  const traffic = operations.traffic.of(row)
  return {
    id: operations.idOf(row),
    operationName: operations.nameOf(row),
    kind: operations.kindOf(row),
    startTime,
    ...(Number.isNaN(duration) ? {} : { endTime: operations.endOf(row), duration }),
    ...declared(operations.details.get(row) ?? {}, DETAIL_FIELDS),
    ...(traffic.length === 0 ? {} : { traffic: [...traffic] }),
    ...(endUnknown === undefined ? {} : { endUnknown }),
    ...(parentId === undefined ? {} : { parentId }),
    success: outcome === 'ok',
    outcome,
    ...documentFields(session, number),
  }
}

/** A row of a list as a session file has it: an operation, or a request that is none. */
export function listedRow(session: SessionModel, row: Row): SessionOperation | NetworkRequest {
  const { operations } = session
  const request = operations.kind.get(row) === OTHER ? operations.details.get(row)?.http?.devtools : undefined
  return request ? declared(request, DEVTOOLS_FIELDS) : operationRow(session, row)
}

/** The fields that say which document an operation belongs to. */
export function documentFields(
  { documents }: SessionModel,
  number: DocumentNumber,
): Pick<SessionOperation, 'documentId' | 'frameId'> {
  const document = documents.get(number)
  return { documentId: document ? documentIdOf(document) : `${number}`, frameId: document?.frameId ?? 0 }
}

function* networkRows({ network }: SessionModel): Generator<NetworkRequest, void> {
  for (const request of network.unjoinedRequests()) yield declared(request, DEVTOOLS_FIELDS)
}

function* gapRows({ gaps }: SessionModel): Generator<SessionGap, void> {
  for (const { startTime, endTime, reason, count, documentId } of gaps.all) {
    yield {
      startTime,
      ...(endTime === undefined ? {} : { endTime }),
      reason,
      ...(count === undefined ? {} : { count }),
      ...(documentId === undefined ? {} : { documentId }),
    }
  }
}

function* memoryRows({ documents, memory }: SessionModel): Generator<SessionMemorySample, void> {
  for (let i = 0; i < memory.length; i++) {
    const document = documents.get(memory.document.get(i))
    yield {
      time: memory.time.get(i),
      usedJSHeapSize: memory.used.get(i),
      totalJSHeapSize: memory.total.get(i),
      jsHeapSizeLimit: memory.limit.get(i),
      source: 'performance.memory',
      documentId: document ? documentIdOf(document) : '',
    }
  }
}

function* markRows({ documents, marks, longTasks, pageEvents }: SessionModel): Generator<SessionMark, void> {
  for (const { time, url, navigationType, documentId } of marks) {
    yield { time, type: 'navigation', url: redactUrl(url), navigationType, documentId }
  }
  for (let i = 0; i < longTasks.length; i++) {
    const document = documents.get(longTasks.document.get(i))
    const [time, duration] = [longTasks.start.get(i), longTasks.duration.get(i)]
    yield { time, type: 'long-task', duration, documentId: document ? documentIdOf(document) : '' }
  }
  for (const { type, start: time, duration, name, id, document } of pageEvents) {
    const info = documents.get(document)
    const interaction = id === 0 ? {} : { interactionId: id }
    yield { time, type, duration, name, ...interaction, documentId: info ? documentIdOf(info) : '' }
  }
}

function* snapshotRows({ documents, snapshots }: SessionModel): Generator<SessionSnapshot, void> {
  for (const { label, time, usedBytes, settled, round, idle, document } of snapshots) {
    const info = documents.get(document)
    yield {
      label,
      time,
      ...(usedBytes === undefined ? {} : { usedBytes }),
      ...(settled === undefined ? {} : { settled }),
      ...(round === undefined ? {} : { round }),
      ...(idle === undefined ? {} : { idle }),
      documentId: info ? documentIdOf(info) : '',
    }
  }
}
