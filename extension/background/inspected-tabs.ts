// Background: which tabs have DevTools open, and each tab's session. Kept in an area that outlives the worker but not the
// browser, whose tab ids begin anew.
import type { StorageArea } from '../../storage/incognito-area.ts'
import type { SessionLog } from '../../storage/session-log.ts'
import type { SessionInfo, StoredSession } from '../../wire/messages.ts'

const KEY = 'tabs'
/** Recording is on from the start, and what was recorded stays until the user removes it. */
const DEFAULTS = { recording: true, preserveLog: true }

interface TabState {
  /** The session that belongs to the tab. */
  session: string
  inspected: boolean
  /** When DevTools was last closed: epoch milliseconds. */
  closedAt?: number
  /** The scripts were run in the tab's page since DevTools opened. */
  injected?: boolean
}

export interface InspectedTabs {
  /** The tab's session, made if it has none. */
  sessionOf(tabId: number): Promise<StoredSession>
  isInspected(tabId: number): Promise<boolean>
  /** Whether DevTools is open on the tab, or was at some time after this one, in epoch milliseconds. */
  wasInspectedAfter(tabId: number, time: number): Promise<boolean>
  /**
   * DevTools is open on the tab. Resolves with whether the scripts were run in its page since it opened: the worker may be
   * stopped before it comes to that.
   */
  open(tabId: number): Promise<{ injected: boolean }>
  close(tabId: number): Promise<void>
  setInjected(tabId: number): Promise<void>
  /** The tabs with DevTools open; and those where it was open at `since`, in epoch milliseconds, or later. */
  inspected(since?: number): Promise<number[]>
  /** The ids of those tabs' sessions. */
  sessionsInUse(): Promise<string[]>
  /**
   * Gives the tab a new, empty session in the place of the one that it has.
   * @param clearedAt as `SessionInfo.clearedAt`; now if it is not given.
   */
  replaceSession(tabId: number, clearedAt?: number): Promise<{ old: StoredSession; current: StoredSession }>
}

export interface InspectedTabsParts {
  log: Pick<SessionLog, 'getSession' | 'addSession' | 'append' | 'remove'>
  /** `storage.session`, or what takes its place in incognito windows. */
  area: Pick<StorageArea, 'get' | 'set'>
  /** Bytes that a new session may take. */
  budget(): Promise<number>
  /** The browser has lost the session of an inspected tab from its storage; another is in its place. */
  onLost(lostId: string, current: StoredSession): void
}

type NewSession = Pick<SessionInfo, 'recording' | 'preserveLog' | 'topDocument' | 'clearedAt'>

export function createInspectedTabs({ log, area, budget, onLost }: InspectedTabsParts): InspectedTabs {
  let queue: Promise<unknown> = Promise.resolve()

  const read = async (): Promise<Record<string, TabState>> => {
    const stored = await area.get(KEY)
    return (stored[KEY] ?? {}) as Record<string, TabState>
  }

  /** One change after the other: none is lost between another's read and write. */
  const change = <T>(how: (tabs: Record<string, TabState>) => Promise<T>): Promise<T> => {
    const done = queue.then(async () => {
      const tabs = await read()
      const result = await how(tabs)
      await area.set({ [KEY]: tabs })
      return result
    })
    queue = done.catch(() => undefined)
    return done
  }

  const addSession = async (
    tabId: number,
    { recording, preserveLog, topDocument, clearedAt }: NewSession,
  ): Promise<StoredSession> =>
    log.addSession({
      id: crypto.randomUUID(),
      tabId,
      createdAt: Date.now(),
      recording,
      preserveLog,
      budget: await budget(),
      ...(topDocument === undefined ? {} : { topDocument }),
      ...(clearedAt === undefined ? {} : { clearedAt }),
    })

  const ensure = async (tabs: Record<string, TabState>, tabId: number): Promise<StoredSession> => {
    const known = tabs[tabId]
    const found = known && (await log.getSession(known.session))
    const session = found ?? (await addSession(tabId, DEFAULTS))
    tabs[tabId] = { inspected: false, ...known, session: session.id }
    if (!known?.inspected || found) return session
    const begun = await log.append(session.id, [{ entry: { type: 'storage-lost', time: Date.now() } }])
    onLost(known.session, begun ?? session)
    return begun ?? session
  }

  return {
    async sessionOf(tabId) {
      const known = (await read())[tabId]
      const session = known && (await log.getSession(known.session))
      return session ?? change(tabs => ensure(tabs, tabId))
    },
    isInspected: async tabId => (await read())[tabId]?.inspected ?? false,
    async wasInspectedAfter(tabId, time) {
      const { inspected = false, closedAt = 0 } = (await read())[tabId] ?? {}
      return inspected || closedAt > time
    },
    open: tabId =>
      change(async tabs => {
        await ensure(tabs, tabId)
        const known = tabs[tabId] as TabState
        tabs[tabId] = { ...known, inspected: true }
        return { injected: known.injected === true }
      }),
    close: tabId =>
      change(async tabs => {
        const known = tabs[tabId]
        if (known?.inspected) tabs[tabId] = { ...known, inspected: false, injected: false, closedAt: Date.now() }
      }),
    setInjected: tabId =>
      change(async tabs => {
        const known = tabs[tabId]
        if (known?.inspected) tabs[tabId] = { ...known, injected: true }
      }),
    async inspected(since = Number.POSITIVE_INFINITY) {
      const isMeant = ({ inspected, closedAt = 0 }: TabState): boolean => inspected || closedAt >= since
      return Object.entries(await read()).flatMap(([id, tab]) => (isMeant(tab) ? [Number(id)] : []))
    },
    sessionsInUse: async () =>
      Object.values(await read()).flatMap(({ session, inspected }) => (inspected ? [session] : [])),
    replaceSession: (tabId, clearedAt = Date.now()) =>
      change(async tabs => {
        const old = await ensure(tabs, tabId)
        // First: it may take up all the space there is.
        await log.remove(old.id)
        // What its storage limit has stopped is recorded again.
        const recording = old.recording || old.limitReached === true
        const current = await addSession(tabId, { ...old, recording, clearedAt })
        tabs[tabId] = { inspected: false, ...tabs[tabId], session: current.id }
        return { old, current }
      }),
  }
}
