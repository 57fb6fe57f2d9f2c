// Background: what happens to a tab's session. Every change is written to the log and told to the panels, and
// nothing of it is kept in the worker, which may be stopped at any moment.
import type { NewEntry, SessionLog } from '../../storage/session-log.ts'
import type { Batch, DocumentInfo } from '../../wire/batch.ts'
import type { LogEntry } from '../../wire/log.ts'
import type { LogChange, SessionInfo } from '../../wire/messages.ts'
import { FETCH, PENDING, XHR } from '../../wire/operations.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import type { StoredSessions } from './stored-sessions.ts'

const REQUEST_KINDS = [FETCH, XHR]

export interface Sessions {
  addDocument(tabId: number, document: DocumentInfo): Promise<SessionInfo>
  /** Resolves when the batches are stored, all or none; one that was stored before is recognised. */
  addBatches(tabId: number, document: DocumentInfo, batches: readonly [seq: number, batch: Batch][]): Promise<void>
  /** The same for a batch of a document that was left; one of a document that no session has is not wanted. */
  addUnloadBatch(stream: string, seq: number, batch: Batch): Promise<void>
  /** The page of the tab has died. */
  addCrash(tabId: number, document: DocumentInfo): Promise<void>
  setRecording(tabId: number, on: boolean): Promise<SessionInfo>
  setPreserveLog(tabId: number, on: boolean): Promise<SessionInfo>
  /** Empties the tab's session, by giving it a new one. */
  clear(tabId: number): Promise<SessionInfo>
}

export function createSessions(
  log: Pick<SessionLog, 'changeSession' | 'firstOf'>,
  stored: Pick<StoredSessions, 'append'>,
  tabs: InspectedTabs,
  announce: (change: LogChange) => void,
): Sessions {
  const append = async (tabId: number, entries: NewEntry[]): Promise<SessionInfo> => {
    const session = await tabs.sessionOf(tabId)
    const found = await stored.append(session.id, entries)
    // Cleared meanwhile: the tab has another session.
    if (!found) return append(tabId, entries)
    const pendingRequests = entries.some(({ entry }) => hasPendingRequests(entry))
    announce({ sessionId: session.id, change: 'appended', pendingRequests })
    return session
  }

  const change = async (tabId: number, how: Partial<SessionInfo>): Promise<SessionInfo> => {
    const { id } = await tabs.sessionOf(tabId)
    await log.changeSession(id, how)
    const session = await tabs.sessionOf(tabId)
    announce({ sessionId: id, change: 'session' })
    return session
  }

  const clear = async (tabId: number): Promise<SessionInfo> => {
    const { old, current } = await tabs.replaceSession(tabId)
    announce({ sessionId: old.id, change: 'replaced' })
    return current
  }

  /** Without "Preserve log" the session ends where the tab navigates. */
  const enterTopDocument = async (tabId: number, { documentId, stream }: DocumentInfo): Promise<void> => {
    const topDocument = documentId ?? stream
    const session = await tabs.sessionOf(tabId)
    if (session.topDocument === topDocument) return
    if (session.topDocument !== undefined && !session.preserveLog) await clear(tabId)
    await change(tabId, { topDocument })
  }

  return {
    async addDocument(tabId, document) {
      // What comes late, from before DevTools was closed, does not end the session.
      if (document.frameId === 0 && (await tabs.isInspected(tabId))) await enterTopDocument(tabId, document)
      return append(tabId, [{ entry: { type: 'document', document }, delivery: [document.stream, 0] }])
    },
    async addUnloadBatch(stream, seq, batch) {
      const known = await log.firstOf(stream)
      if (!known || !('document' in known.entry)) return
      const entry: LogEntry = { type: 'batch', document: known.entry.document, batch }
      await stored.append(known.session, [{ entry, delivery: [stream, seq] }])
      announce({ sessionId: known.session, change: 'appended' })
    },
    async addBatches(tabId, document, batches) {
      const entryOf = ([seq, batch]: [number, Batch]): NewEntry => ({
        entry: { type: 'batch', document, batch },
        delivery: [document.stream, seq],
      })
      await append(tabId, batches.map(entryOf))
    },
    async addCrash(tabId, document) {
      await append(tabId, [{ entry: { type: 'crash', document, time: Date.now() } }])
    },
    async setRecording(tabId, on) {
      const session = await change(tabId, { recording: on })
      await append(tabId, [{ entry: { type: 'recording', on, time: Date.now() } }])
      return session
    },
    setPreserveLog: (tabId, on) => change(tabId, { preserveLog: on }),
    clear,
  }
}

function hasPendingRequests(entry: LogEntry): boolean {
  if (entry.type !== 'batch') return false
  return entry.batch.operations.some(({ columns: { kind, outcome } }) =>
    outcome.some((index, row) => index === PENDING && REQUEST_KINDS.includes(kind[row] as number)),
  )
}
