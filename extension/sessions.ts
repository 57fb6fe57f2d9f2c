// Background: what happens to a tab's session. Every change is written to the log and told to the panels, and
// nothing of it is kept in the worker, which may be stopped at any moment.
import type { SessionLog } from '../storage/session-log.ts'
import type { Batch, DocumentInfo } from '../wire/batch.ts'
import type { LogEntry } from '../wire/log.ts'
import type { LogChange, SessionInfo } from '../wire/messages.ts'
import { KINDS, OUTCOMES } from '../wire/operations.ts'
import type { InspectedTabs } from './inspected-tabs.ts'

const PENDING = OUTCOMES.indexOf('pending')
const REQUEST_KINDS = [KINDS.indexOf('fetch'), KINDS.indexOf('xhr')]

export interface Sessions {
  addDocument(tabId: number, document: DocumentInfo): Promise<SessionInfo>
  /** Resolves when the batch is stored; one that was stored before is recognised. */
  addBatch(tabId: number, document: DocumentInfo, seq: number, batch: Batch): Promise<void>
  setRecording(tabId: number, on: boolean): Promise<SessionInfo>
  /** Empties the tab's session, by giving it a new one. */
  clear(tabId: number): Promise<SessionInfo>
}

export function createSessions(log: SessionLog, tabs: InspectedTabs, announce: (change: LogChange) => void): Sessions {
  const append = async (tabId: number, entry: LogEntry, delivery?: [string, number]): Promise<SessionInfo> => {
    const session = await tabs.sessionOf(tabId)
    await log.append(session.id, [{ entry, ...(delivery ? { delivery } : {}) }])
    announce({ sessionId: session.id, change: 'appended', pendingRequests: hasPendingRequests(entry) })
    return session
  }

  return {
    addDocument: (tabId, document) => append(tabId, { type: 'document', document }, [document.stream, 0]),
    async addBatch(tabId, document, seq, batch) {
      await append(tabId, { type: 'batch', document, batch }, [document.stream, seq])
    },
    async setRecording(tabId, on) {
      const session = { ...(await tabs.sessionOf(tabId)), recording: on }
      await log.putSession(session)
      await append(tabId, { type: 'recording', on, time: Date.now() })
      announce({ sessionId: session.id, change: 'session' })
      return session
    },
    async clear(tabId) {
      const { old, current } = await tabs.replaceSession(tabId)
      announce({ sessionId: old.id, change: 'replaced' })
      return current
    },
  }
}

function hasPendingRequests(entry: LogEntry): boolean {
  if (entry.type !== 'batch') return false
  return entry.batch.operations.some(({ columns: { kind, outcome } }) =>
    outcome.some((index, row) => index === PENDING && REQUEST_KINDS.includes(kind[row] as number)),
  )
}
