// Model: adds the parts of a session file to the session.
import { PENDING } from '../../../wire/operations.ts'
import type { DocumentNumber, Row, SourceId } from '../../numbers.ts'
import { ImportedIds, type ImportedOperations } from '../../session/imported-operations.ts'
import type { OperationTable } from '../../session/operation-table.ts'
import { keepPageFrames, keepPageFramesOf } from '../../session/page-frames.ts'
import type { SessionModel } from '../../session/session-model.ts'
import type { ImportPart } from './import-part.ts'

/** A file does not say which source recorded an operation: its ids are texts. */
const FILE_SOURCE = 0 as SourceId

/** Adds a part in steps that take a few milliseconds at most. The session can be shown after each step. */
export function* stepsOfPart(session: SessionModel, part: ImportPart): Generator<void, void> {
  if (part.type === 'documents') for (const document of part.documents) session.documents.add(document)
  else if (part.type === 'operations') takeOperations(session, part.operations)
  else if (part.type === 'memory') {
    for (const { document, sample } of part.samples) {
      session.first = Math.min(session.first, sample.time)
      session.addMemory(document, 0, sample)
    }
  } else if (part.type === 'snapshots') {
    for (const snapshot of part.snapshots) {
      session.snapshots.push(snapshot)
      happen(session, snapshot.time, snapshot.document)
    }
  } else if (part.type === 'networkRequests') {
    for (const request of part.requests) {
      keepPageFramesOf(request)
      session.network.addOther(request)
    }
  } else if (part.type === 'marks') {
    for (const navigation of part.navigations) {
      session.marks.push(navigation)
      session.lastActivity = Math.max(session.lastActivity, navigation.time)
    }
    for (const { document, task } of part.longTasks) {
      session.longTasks.add(document, 0, task)
      happen(session, task.start + task.duration, document)
    }
    for (const event of part.pageEvents ?? []) {
      session.pageEvents.push(event)
      happen(session, event.start + event.duration, event.document)
    }
  } else if (part.type === 'gaps') {
    for (const gap of part.gaps) {
      session.gaps.add(gap)
      // As in a live session: a page that crashed had existed until then.
      if (gap.reason === 'page-crashed' && gap.endTime !== undefined) reach(session, gap.endTime)
    }
  } else if (part.type === 'links') {
    for (const [row, parent] of part.links) session.operations.parent.set(row, parent)
  } else if (part.type === 'head') {
    session.file = part.head
    session.origin = part.origin
    session.overheadMs = part.head.metrics.overheadMs
  }
  yield
}

function takeOperations(session: SessionModel, imported: ImportedOperations): void {
  const { operations } = session
  const before = operations.length
  addOperations(operations, imported)
  let latest = Number.NEGATIVE_INFINITY
  for (let row = before as Row; row < operations.length; row++) {
    const end = operations.start.get(row) + (operations.duration.get(row) || 0)
    reach(session, end, operations.document.get(row))
    latest = Math.max(latest, end)
  }
  if (operations.length === before) return
  reach(session, latest)
  reach(session, operations.start.get(operations.order.row(0)))
}

/** In the order of the file. Ids count the operations of the file from 1. */
function addOperations(table: OperationTable, imported: ImportedOperations): void {
  const before = table.length
  table.imported ??= new ImportedIds()
  table.imported.ids.add(imported.ids)
  table.imported.parents.add(imported.parentIds)
  for (const [index, endTime] of imported.ends) table.imported.ends.set((before + index) as Row, endTime)
  const names = imported.strings.map(name => table.names.add(name))
  for (let i = 0; i < imported.start.length; i++) {
    const row = table.push(
      imported.document[i] as DocumentNumber,
      FILE_SOURCE,
      before + i + 1,
      imported.start[i] as number,
    )
    table.kind.set(row, imported.kind[i] as number)
    table.name.set(row, names[imported.name[i] as number] as number)
    table.parent.set(row, imported.parent[i] as number)
    table.setEnd(row, imported.outcome[i] as number, imported.duration[i] as number, false)
    table.endUnknown.set(row, imported.endUnknown[i] as number)
    if (imported.outcome[i] === PENDING) table.open.of(table.document.get(row), FILE_SOURCE).set(before + i + 1, row)
  }
  for (const [index, detail] of imported.details) {
    keepPageFrames(detail)
    table.setDetail((before + index) as Row, detail)
  }
  for (const [index, points] of imported.traffic) table.traffic.set((before + index) as Row, points)
  table.order.add(before, table.length, table.start.values)
}

function happen(session: SessionModel, time: number, document: DocumentNumber): void {
  session.first = Math.min(session.first, time)
  session.happen(document, time)
}

/** @param document was recorded at least until `time`. */
function reach(session: SessionModel, time: number, document?: DocumentNumber): void {
  session.first = Math.min(session.first, time)
  if (document === undefined) session.latest = Math.max(session.latest, time)
  else session.reach(document, time)
}
