// Test (Node): inspected tabs and their sessions on a log and a storage of their own.
import { createInspectedTabs } from '../../extension/background/inspected-tabs.ts'
import { createSessions } from '../../extension/background/sessions.ts'
import { openSessionLog, type SessionLog } from '../../storage/session-log.ts'
import type { LogEntry } from '../../wire/log.ts'
import type { LogChange, StoredSession } from '../../wire/messages.ts'
import { createFakeStorageArea } from './fake-storage-area.ts'

let databases = 0

export interface TabsWorld {
  budget?: number
  log?: SessionLog
}

export function createTabsWorld({
  budget = Number.POSITIVE_INFINITY,
  log = openSessionLog(`tabs ${++databases}`),
}: TabsWorld = {}) {
  const area = createFakeStorageArea()
  const announced: LogChange[] = []
  const lost: [string, StoredSession][] = []
  const limited: number[] = []
  const createTabs = () =>
    createInspectedTabs({ log, area, budget: async () => budget, onLost: (id, session) => lost.push([id, session]) })
  const tabs = createTabs()
  const sessions = createSessions({
    log,
    stored: log,
    tabs,
    announce: change => announced.push(change),
    onLimit: tabId => limited.push(tabId),
  })
  const entriesOf = async (id: string): Promise<LogEntry[]> => (await log.read(id, 0)).map(({ entry }) => entry)
  return { log, area, tabs, createTabs, sessions, announced, lost, limited, entriesOf }
}
