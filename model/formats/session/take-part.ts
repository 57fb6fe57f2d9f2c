// Panel: takes the parts of a session file into the session that is shown. Touches no DOM.
import { ImportedIds } from '../../session/imported-ids.ts'
import type { SessionModel } from '../../session/session-model.ts'
import type { ImportPart } from './import-part.ts'

type Operations = Extract<ImportPart, { type: 'operations' }>

/** In steps that take a few milliseconds at most. After each of them the session can be shown. */
export function* stepsOfPart(session: SessionModel, part: ImportPart): Generator<void, void> {
  if (part.type === 'documents') for (const document of part.documents) session.documents.add(document)
  else if (part.type === 'operations') takeOperations(session, part)
  else if (part.type === 'memory') {
    for (const { document, sample } of part.samples) session.memory.add(document, 0, sample)
    for (const { document, sample } of part.samples) reach(session, sample.time, document)
  } else if (part.type === 'snapshots') {
    for (const snapshot of part.snapshots) {
      session.snapshots.push(snapshot)
      reach(session, snapshot.time, snapshot.document)
    }
  } else if (part.type === 'networkRequests') for (const request of part.requests) session.network.addOther(request)
  else if (part.type === 'marks') {
    session.marks.push(...part.navigations)
    for (const { document, task } of part.longTasks) {
      session.longTasks.add(document, 0, task)
      reach(session, task.start + task.duration, document)
    }
  } else if (part.type === 'gaps') {
    for (const gap of part.gaps) {
      session.gaps.add(gap)
      // As the live session: a page that died was there until then.
      if (gap.reason === 'page-crashed' && gap.endTime !== undefined) reach(session, gap.endTime)
    }
  } else if (part.type === 'links') {
    for (const [number, parent] of part.links) session.operations.parent.set(number - 1, parent)
  } else if (part.type === 'head') {
    session.file = part.head
    session.ownTime = part.head.metrics.ownTime
  }
  yield
}

function takeOperations(session: SessionModel, { columns, document, ids, parents, ends }: Operations): void {
  const { operations } = session
  const before = operations.length
  operations.given ??= new ImportedIds()
  operations.given.ids.add(ids)
  operations.given.parents.add(parents)
  for (const [row, endTime] of ends) operations.given.ends.set(before + row, endTime)
  // All at once, in the file's order: with an `add` for each document rows that start at once would change places.
  const latest = operations.add(0, 0, 0, columns)
  for (const [row, number] of document.entries()) {
    operations.document.set(before + row, number)
    reach(session, operations.start.get(before + row) + (operations.duration.get(before + row) || 0), number)
  }
  if (operations.length === before) return
  reach(session, latest)
  reach(session, operations.start.get(operations.order.row(0)))
}

/** @param document that something is known of until then. */
function reach(session: SessionModel, time: number, document?: number): void {
  session.first = Math.min(session.first, time)
  if (document === undefined) session.latest = Math.max(session.latest, time)
  else session.reach(document, time)
}
