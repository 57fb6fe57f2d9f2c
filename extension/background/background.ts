// Background (service worker in Chromium, event page in Firefox): the entry. It may be stopped at any moment.
import browser from 'webextension-polyfill'
import { removeOldExportFiles } from '../../storage/export-files.ts'
import { openIncognitoArea } from '../../storage/incognito-area.ts'
import { openSessionLog } from '../../storage/session-log.ts'
import { LOG_CHANNEL, type LogChange, type SessionInfo } from '../../wire/messages.ts'
import { watchSecretNames } from '../shared/secret-names.ts'
import { storedSettings } from '../shared/stored-settings.ts'
import { watchCallStacks } from './call-stacks.ts'
import { createInspectedTabs } from './inspected-tabs.ts'
import { createLifecycle } from './lifecycle.ts'
import { hasCrashed } from './page-access.ts'
import { listenToPorts, sendToTab } from './ports.ts'
import { withEviction } from './quota.ts'
import { createSessions } from './sessions.ts'
import { createStoredSessions } from './stored-sessions.ts'
import { allowRelays, discardIncognitoLeftBatches, takeUnloadBatches } from './unload-batches.ts'

const { extension, storage } = browser
const incognito = extension.inIncognitoContext === true
const panels = new BroadcastChannel(LOG_CHANNEL)
const announce = (change: LogChange): void => panels.postMessage(change)
const log = withEviction(openSessionLog(), () => tabs.sessionsInUse(), announce)
const onLost = (lostId: string, { tabId, createdAt }: SessionInfo): void => {
  announce({ sessionId: lostId, change: 'replaced' })
  // The new session records, whatever the old one did, and is to be told what runs.
  void sendToTab(tabId, { type: 'record', on: true })
  void sendToTab(tabId, { type: 'cleared', at: createdAt })
}
const tabs = createInspectedTabs(log, onLost, incognito ? openIncognitoArea() : storage.session)
const stored = createStoredSessions(log, tabs, storedSettings, announce)
const sessions = createSessions(log, stored, tabs, announce)
const secretNames = watchSecretNames()
const callStacks = watchCallStacks(tabs)

listenToPorts({ sessions, stored, tabs, secretNames, callStacks, hasCrashed, ...createLifecycle(tabs) })
stored.tidy().catch(error => console.error('Perf could not tidy', error))
removeOldExportFiles().catch(error => console.error('Perf could not remove old exports', error))
takeUnloadBatches(sessions, secretNames, incognito ? storage.session : storage.local)
if (incognito) allowRelays(storage.session)
else discardIncognitoLeftBatches(storage.session)
