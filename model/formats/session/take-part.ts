// Panel: takes the parts of a session file into the session that is shown. Touches no DOM.
import { GivenRows } from '../../session/imported-ids.ts'
import type { SessionFold } from '../../session/session-model.ts'
import type { ImportPart } from './import-part.ts'

type Operations = Extract<ImportPart, { type: 'operations' }>

/** In steps that take a few milliseconds at most. After each of them the session can be shown. */
export function* stepsOfPart(fold: SessionFold, part: ImportPart): Generator<void, void> {
  if (part.type === 'documents') for (const document of part.documents) fold.documents.add(document)
  else if (part.type === 'operations') takeOperations(fold, part)
  else if (part.type === 'memory') {
    for (const { document, sample } of part.samples) fold.memory.add(document, 0, sample)
    for (const { document, sample } of part.samples) reach(fold, sample.time, document)
  } else if (part.type === 'snapshots') {
    for (const snapshot of part.snapshots) {
      fold.snapshots.push(snapshot)
      reach(fold, snapshot.time, snapshot.document)
    }
  } else if (part.type === 'networkRequests') for (const request of part.requests) fold.network.addOther(request)
  else if (part.type === 'marks') {
    fold.marks.push(...part.navigations)
    for (const { document, task } of part.longTasks) {
      fold.longTasks.add(document, 0, task)
      reach(fold, task.start + task.duration, document)
    }
  } else if (part.type === 'gaps') {
    for (const gap of part.gaps) {
      fold.gaps.add(gap)
      // As the live session: a page that died was there until then.
      if (gap.reason === 'page-crashed' && gap.endTime !== undefined) reach(fold, gap.endTime)
    }
  } else if (part.type === 'links') {
    for (const [number, parent] of part.links) fold.operations.parent.set(number - 1, parent)
  } else if (part.type === 'head') {
    fold.file = part.head
    fold.ownTime = part.head.metrics.ownTime
  }
  yield
}

function takeOperations(fold: SessionFold, { columns, document, ids, parents, ends }: Operations): void {
  const { operations } = fold
  const before = operations.length
  operations.given ??= new GivenRows()
  operations.given.ids.add(ids)
  operations.given.parents.add(parents)
  for (const [row, endTime] of ends) operations.given.ends.set(before + row, endTime)
  // All at once, in the file's order: with an `add` for each document rows that start at once would change places.
  const latest = operations.add(0, 0, 0, columns)
  for (const [row, number] of document.entries()) {
    operations.document.set(before + row, number)
    reach(fold, operations.start.get(before + row) + (operations.duration.get(before + row) || 0), number)
  }
  if (operations.length === before) return
  reach(fold, latest)
  reach(fold, operations.start.get(operations.order.row(0)))
}

/** @param document that something is known of until then. */
function reach(fold: SessionFold, time: number, document?: number): void {
  fold.first = Math.min(fold.first, time)
  if (document === undefined) fold.latest = Math.max(fold.latest, time)
  else fold.reach(document, time)
}
