// Background (service worker in Chromium, event page in Firefox): the entry. It may be stopped at any moment.
import browser from 'webextension-polyfill'
import { attemptOtlp } from '../../model/formats/otlp/otlp-http.ts'
import { removeOldExportFiles } from '../../storage/export-files.ts'
import { openIncognitoArea } from '../../storage/incognito-area.ts'
import { openSessionLog } from '../../storage/session-log.ts'
import { LOG_CHANNEL, type LogChange, type RelayCommand, type StoredSession } from '../../wire/messages.ts'
import { settingsArea, storedSettings, watchSecretNames } from '../shared/settings.ts'
import { injectNow, onUnregistered, updateRegistered } from './content-scripts.ts'
import { followSettings } from './follow-settings.ts'
import { createInspectedTabs } from './inspected-tabs.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLiveSending } from './live-sending.ts'
import { hasCrashed, pageAccess } from './page-access.ts'
import { listenToPorts, sendNewSession } from './ports.ts'
import { withEviction } from './quota.ts'
import { createSessions } from './sessions.ts'
import { createStoredSessions, sessionBudget } from './stored-sessions.ts'
import { allowRelays, discardIncognitoBatches, UnloadBatches } from './unload-batches.ts'
import { countUnsent } from './unsent-count.ts'

const { runtime, permissions } = browser
const { local, session: inMemory } = browser.storage
const incognito = browser.extension.inIncognitoContext === true
const panels = new BroadcastChannel(LOG_CHANNEL)
const announce = (change: LogChange): void => {
  panels.postMessage(change)
  if (change.change === 'appended') sending?.wake()
}
/**
 * To all frames of a tab; one without our scripts has nobody to hear it. It does not resolve while one of them hangs, so
 * nothing that a user waits for may wait for it.
 */
const sendToTab = async (tabId: number, command: RelayCommand): Promise<void> => {
  await browser.tabs.sendMessage(tabId, command).catch(() => undefined)
}

/** The call is rejected where nobody listens. */
const isAtWork = (tabId: number): Promise<boolean> =>
  browser.tabs.sendMessage(tabId, { type: 'present' } satisfies RelayCommand, { frameId: 0 }).then(
    () => true,
    () => false,
  )

/** A session was deleted to stay within the limits. */
const onExpired = async (session: StoredSession): Promise<void> => {
  if (!incognito) await countUnsent(local, await storedSettings(), session)
}

const log = withEviction(openSessionLog(), () => tabs.sessionsInUse(), announce, onExpired)
const tabs = createInspectedTabs({
  log,
  area: incognito ? openIncognitoArea() : inMemory,
  budget: async () => sessionBudget(await storedSettings()),
  onLost(lostId, session) {
    announce({ sessionId: lostId, change: 'replaced', session })
    // What the pages have not sent yet was not lost, and belongs to the new session.
    sendNewSession(session, 0, sendToTab)
  },
})
const stored = createStoredSessions(log, tabs, storedSettings, announce, onExpired)
const onLimit = (tabId: number): void => void sendToTab(tabId, { type: 'record', on: false })
const sessions = createSessions({ log, stored, tabs, announce, onLimit })
const secretNames = watchSecretNames()
const unloadBatches = new UnloadBatches({ area: incognito ? inMemory : local, sessions, secretNames })
const lifecycle = createLifecycle({
  tabs,
  updateRegistered,
  injectNow,
  isAtWork,
  sendToTab,
  onSiteAllowed: listener => permissions.onAdded.addListener(listener),
  onUnregistered,
})

listenToPorts({
  runtime,
  sessions,
  stored,
  tabs,
  secretNames,
  sendToTab,
  ...lifecycle,
  callStacks: async () => (await storedSettings()).callStacks,
  hasCrashed: tabId => hasCrashed(browser.tabs, tabId),
  pageAccess: (tabId, url) => pageAccess(browser, tabId, url),
  onDiscarded: stream => unloadBatches.discard(stream),
})
const { name, version } = runtime.getManifest()
// Nothing of an incognito window leaves the browser.
const sending = incognito
  ? undefined
  : createLiveSending({
      log,
      settings: storedSettings,
      inUse: () => tabs.sessionsInUse(),
      announce,
      generator: { name, version },
      attempt: attemptOtlp,
    })
// The devtools page and the panels write to the log as well.
panels.onmessage = ({ data }: MessageEvent<LogChange>) => {
  if (data.change === 'appended') sending?.wake()
}
sending?.wake()
followSettings({ area: settingsArea, tabs, sessions, stored, sendToTab, onCollectorChanged: () => sending?.restart() })
unloadBatches.start()
if (incognito) allowRelays(inMemory)
else discardIncognitoBatches(inMemory)
stored.prune().catch(error => console.error('Perf could not remove expired sessions', error))
removeOldExportFiles().catch(error => console.error('Perf could not remove old exports', error))
