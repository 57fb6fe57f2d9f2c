// Background (service worker in Chromium, event page in Firefox): the entry. It may be stopped at any moment.
import { openSessionLog } from '../storage/session-log.ts'
import { LOG_CHANNEL, type LogChange } from '../wire/messages.ts'
import { createInspectedTabs } from './inspected-tabs.ts'
import { createLifecycle } from './lifecycle.ts'
import { listenToPorts } from './ports.ts'
import { createSessions } from './sessions.ts'

const panels = new BroadcastChannel(LOG_CHANNEL)
const log = openSessionLog()
const tabs = createInspectedTabs(log)
const sessions = createSessions(log, tabs, (change: LogChange) => panels.postMessage(change))

listenToPorts({ sessions, tabs, ...createLifecycle(tabs) })
