// Background: what happens to a tab's session. Every change is written to the log and announced to the panels, and nothing of
// it is kept in the worker, which may be stopped at any moment.
import type { NewEntry, SessionLog } from '../../storage/session-log.ts'
import { hasReachedBudget } from '../../storage/stored-session.ts'
import type { Batch, DocumentInfo } from '../../wire/batch.ts'
import type { LogEntry } from '../../wire/log.ts'
import type { LogChange, SessionInfo, StoredSession } from '../../wire/messages.ts'
import { BEACON, EVENT_SOURCE, FETCH, PENDING, XHR } from '../../wire/operations.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import type { StoredSessions } from './stored-sessions.ts'

const REQUEST_KINDS = [FETCH, XHR, BEACON, EVENT_SOURCE]
/**
 * Milliseconds that a batch may be underway. Pages that live hear of Clear, and mark what they send after that by their own
 * clocks; the wall clock may be corrected meanwhile.
 */
const MAX_UNDERWAY = 10_000

/** A document that a session has something of, and that session. */
export interface KnownDocument {
  session: StoredSession
  document: DocumentInfo
}

export interface Sessions {
  addDocument(tabId: number, document: DocumentInfo): Promise<StoredSession>
  /** Resolves when the batches are stored, all or none; one that was stored before is recognised. */
  addBatches(tabId: number, document: DocumentInfo, batches: readonly [seq: number, batch: Batch][]): Promise<void>
  /** Undefined for a document that no session has anything of. */
  findDocument(stream: string): Promise<KnownDocument | undefined>
  /** As `addBatches`, for a batch of a document that was unloaded. */
  addUnloadBatch(known: KnownDocument, seq: number, batch: Batch): Promise<void>
  /**
   * Batches with so many operations were lost at a time, in epoch milliseconds, with a document of which no session has
   * anything, and whose recording began at `since`. Should it come back from the back/forward cache, these batches are not
   * stored after all.
   */
  addUnattributed(
    stream: string,
    time: number,
    batches: readonly [seq: number, count: number][],
    since?: number,
  ): Promise<void>
  /** The page of the tab has died. */
  addCrash(tabId: number, document: DocumentInfo): Promise<void>
  /** Recording stays off, and the session says why, where it has reached its budget. */
  setRecording(tabId: number, on: boolean): Promise<StoredSession>
  setPreserveLog(tabId: number, on: boolean): Promise<StoredSession>
  /** Bytes that the tab's session may take from now on. */
  setBudget(tabId: number, budget: number): Promise<StoredSession>
  /** Empties the tab's session, by giving it a new one. */
  clear(tabId: number): Promise<StoredSession>
}

export interface SessionsParts {
  log: Pick<SessionLog, 'getSession' | 'firstOf'>
  stored: Pick<StoredSessions, 'append'>
  tabs: InspectedTabs
  announce(change: LogChange): void
  /** The tab's session has reached its budget: its pages are recorded no more. */
  onLimit(tabId: number): void
}

/** Whether what a document recorded is kept whose recording began then, in epoch milliseconds: not all of it in a pause. */
export function isRecordedSince({ recording, pausedAt = 0 }: StoredSession, since: number): boolean {
  return recording || since < pausedAt
}

/** What is added to a session, and changed of it, in one transaction. */
interface Write {
  entries?: NewEntry[]
  change?: Partial<SessionInfo>
}

export function createSessions({ log, stored, tabs, announce, onLimit }: SessionsParts): Sessions {
  const append = async (id: string, { entries = [], change }: Write): Promise<StoredSession | undefined> => {
    const session = await stored.append(id, entries, change)
    if (!session) return undefined
    if (change) announce({ sessionId: id, change: 'session', session })
    if (entries.length > 0) {
      const pendingRequests = entries.some(({ entry }) => hasPendingRequests(entry))
      announce({ sessionId: id, change: 'appended', pendingRequests })
    }
    return session.recording && hasReachedBudget(session) ? stopRecording(session) : session
  }

  /** Of a session that has reached its budget. */
  const stopRecording = async (session: StoredSession): Promise<StoredSession> => {
    const pausedAt = Date.now()
    const entry: LogEntry = { type: 'recording', on: false, time: pausedAt, reason: 'session-full' }
    const change = { recording: false, pausedAt, limitReached: true }
    const stopped = await append(session.id, { entries: [{ entry }], change })
    onLimit(session.tabId)
    return stopped ?? session
  }

  /** Nothing is written where `writeOf` gives undefined. */
  const write = async (
    tabId: number,
    writeOf: (session: StoredSession) => Write | undefined,
  ): Promise<StoredSession> => {
    const session = await tabs.sessionOf(tabId)
    const what = writeOf(session)
    if (!what) return session
    // It is gone where it was cleared meanwhile: then the tab has another.
    return (await append(session.id, what)) ?? write(tabId, writeOf)
  }

  const clear = async (tabId: number, clearedAt?: number): Promise<StoredSession> => {
    const { old, current } = await tabs.replaceSession(tabId, clearedAt)
    announce({ sessionId: old.id, change: 'replaced', session: current })
    return current
  }

  return {
    async addDocument(tabId, document) {
      const { documentId, stream, frameId } = document
      const entries: NewEntry[] = [{ entry: { type: 'document', document }, delivery: [stream, 0] }]
      // A document that comes late, from before DevTools was closed, does not end the session.
      if (frameId !== 0 || !(await tabs.isInspected(tabId))) return write(tabId, () => ({ entries }))
      const topDocument = documentId ?? stream
      const session = await tabs.sessionOf(tabId)
      const isNext = session.topDocument !== undefined && session.topDocument !== topDocument
      if (isNext && !session.preserveLog) await clear(tabId, document.timeOrigin)
      return write(tabId, known =>
        known.topDocument === topDocument ? { entries } : { entries, change: { topDocument } },
      )
    },
    async addBatches(tabId, document, batches) {
      await write(tabId, session => ({
        entries: batches.map(([seq, batch]) => entryOf(document, seq, sinceCleared(session, document, batch))),
      }))
    },
    async findDocument(stream) {
      const found = await log.firstOf(stream)
      const session = found && (await log.getSession(found.session))
      return session && 'document' in found.entry ? { session, document: found.entry.document } : undefined
    },
    async addUnloadBatch({ session, document }, seq, batch) {
      await append(session.id, { entries: [entryOf(document, seq, batch)] })
    },
    async addUnattributed(stream, time, batches, since = time) {
      const lost = batches.filter(([, count]) => count > 0)
      let isFirst = true
      for (const tabId of await tabs.inspected(since)) {
        const { id, createdAt } = await tabs.sessionOf(tabId)
        if (createdAt > time) continue
        // A delivery is stored once, in one session.
        const name = isFirst ? stream : `${id} ${stream}`
        isFirst = false
        const entries = lost.map(
          ([seq, count]): NewEntry => ({ entry: { type: 'unattributed', time, count }, delivery: [name, seq] }),
        )
        await append(id, { entries })
      }
    },
    async addCrash(tabId, document) {
      await write(tabId, () => ({ entries: [{ entry: { type: 'crash', document, time: Date.now() } }] }))
    },
    setRecording: (tabId, on) =>
      write(tabId, session => {
        if (session.recording === on) return undefined
        // It may have been paused when it reached its budget, or when the user set a lower one: then this is the first to say so.
        if (on && hasReachedBudget(session)) return { change: { limitReached: true } }
        const time = Date.now()
        const entry: LogEntry = { type: 'recording', on, time }
        return {
          entries: [{ entry }],
          change: { recording: on, limitReached: false, ...(on ? {} : { pausedAt: time }) },
        }
      }),
    setPreserveLog: (tabId, on) => write(tabId, () => ({ change: { preserveLog: on } })),
    setBudget: (tabId, budget) =>
      write(tabId, session => {
        const limitReached = session.limitReached === true && hasReachedBudget({ ...session, budget })
        return { change: { budget, limitReached } }
      }),
    clear: tabId => clear(tabId),
  }
}

/** The batch, marked if it may have been sent before its page has heard that the session is another one. */
function sinceCleared({ clearedAt }: StoredSession, { timeOrigin }: DocumentInfo, batch: Batch): Batch {
  // A document that began later has nothing from before, even if its clock and the wall clock are far apart.
  if (clearedAt === undefined || timeOrigin >= clearedAt || Date.now() - clearedAt > MAX_UNDERWAY) return batch
  const sinceOrigin = clearedAt - timeOrigin - (batch.wallOffset ?? 0)
  return sinceOrigin > (batch.clearedAt ?? 0) ? { ...batch, clearedAt: sinceOrigin } : batch
}

function entryOf(document: DocumentInfo, seq: number, batch: Batch): NewEntry {
  return { entry: { type: 'batch', document, batch }, delivery: [document.stream, seq] }
}

/** Not those of connections that have opened: they stay pending, and report their messages all the time. */
function hasPendingRequests(entry: LogEntry): boolean {
  if (entry.type !== 'batch') return false
  return entry.batch.operations.some(({ columns: { kind, outcome, details } }) => {
    const opened = new Set<number>()
    for (const [row, { connection }] of details) if (connection?.openDuration !== undefined) opened.add(row)
    const isRequest = (row: number): boolean => REQUEST_KINDS.includes(kind[row] as number) && !opened.has(row)
    return outcome.some((index, row) => index === PENDING && isRequest(row))
  })
}
