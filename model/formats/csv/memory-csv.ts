// Model: the memory samples and snapshots of a session as CSV, by time.
import type { SessionModel } from '../../session/session-model.ts'
import { PartWriter } from '../part-writer.ts'
import type { FilePart } from '../session/session-bytes.ts'
import { documentFields } from '../session/session-source.ts'
import { csvLine } from './csv-cell.ts'

const COLUMNS = ['time', 'time_ms', 'used_bytes', 'total_bytes', 'limit_bytes', 'snapshot', 'document_id']

/** The session must not change until all parts have been requested. */
export function* writeMemoryCsv(session: SessionModel): Generator<FilePart, void> {
  const { memory } = session
  const out = new PartWriter()
  const snapshots = session.snapshots.toSorted((a, b) => a.time - b.time)
  let next = 0
  const addSnapshots = (until: number): void => {
    for (let snapshot = snapshots[next]; snapshot && snapshot.time <= until; snapshot = snapshots[++next]) {
      const { time, usedBytes, label, document } = snapshot
      const { documentId } = documentFields(session, document)
      out.text(csvLine([new Date(time).toISOString(), time, usedBytes, undefined, undefined, label, documentId]))
    }
  }
  out.text(csvLine(COLUMNS))
  for (let i = 0; i < memory.length; i++) {
    const time = memory.time.get(i)
    addSnapshots(time)
    const { documentId } = documentFields(session, memory.document.get(i))
    const sizes = [memory.used.get(i), memory.total.get(i), memory.limit.get(i)]
    out.text(csvLine([new Date(time).toISOString(), time, ...sizes, undefined, documentId]))
    if (out.isFull) yield out.take()
  }
  addSnapshots(Number.POSITIVE_INFINITY)
  yield out.take()
}
