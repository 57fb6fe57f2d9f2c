// Devtools page: records what DevTools sees of the network. This page lives as long as DevTools is open, so nothing is lost
// when the background's worker is stopped.
import browser from 'webextension-polyfill'
import type { SessionLog } from '../../storage/session-log.ts'
import { fromFirefox, type HarEntry, toNetworkRequest } from '../../wire/har-entry.ts'
import { LOG_CHANNEL, type LogChange, type PanelRequest, type SessionInfo } from '../../wire/messages.ts'
import { watchSecretNames } from '../shared/settings.ts'
import { createNetworkWriter } from './network-writer.ts'
import { createRequestList } from './request-list.ts'
import { type Look, watchUnfinishedRequests } from './unfinished-requests.ts'

declare const chrome: {
  devtools: { network: { getHAR(callback: (log: { entries: HarEntry[] }) => void): void } }
}

/** Records until the returned function is called. */
export function recordNetwork(tabId: number, log: SessionLog): () => void {
  const channel = new BroadcastChannel(LOG_CHANNEL)
  const secretNames = watchSecretNames()
  const list = createRequestList()
  const writer = createNetworkWriter({
    askSession: () =>
      browser.runtime.sendMessage({ type: 'session', tabId } satisfies PanelRequest) as Promise<SessionInfo>,
    async append(sessionId, entry) {
      const isStored = (await log.append(sessionId, [{ entry }])) !== undefined
      if (isStored) channel.postMessage({ sessionId, change: 'appended' } satisfies LogChange)
      return isStored
    },
  })

  const look = async (): Promise<Look> => {
    const time = Date.now()
    const names = await secretNames()
    const entries = await listRequests()
    const { unfinished, look, expectsMore } = list.read(entries, names, time, writer.pausedSince)
    for (const request of unfinished) writer.add(request)
    writer.addLook(look)
    return { entries: entries.length, expectsMore }
  }
  const unfinished = watchUnfinishedRequests(look)

  const onFinished = async (found: object): Promise<void> => {
    const finished: HarEntry = found
    // Only Chromium says what was transferred.
    const entry = finished.response?._transferSize === undefined ? fromFirefox(finished) : finished
    const request = toNetworkRequest(entry, await secretNames(), Date.now())
    if (!request) return
    list.noteEnded(request)
    writer.add(request)
  }
  channel.onmessage = async ({ data }: MessageEvent<LogChange>) => {
    if (data.change === 'replaced') {
      list.forgetReported()
      writer.sessionReplaced()
    } else if (data.change !== 'appended') writer.sessionChanged()
    if (data.change !== 'appended' || (data.pendingRequests && data.sessionId === (await writer.session()).id)) {
      unfinished.expect()
    }
  }

  browser.devtools.network.onRequestFinished.addListener(onFinished)
  browser.devtools.network.onNavigated.addListener(list.navigated)
  return () => {
    browser.devtools.network.onRequestFinished.removeListener(onFinished)
    browser.devtools.network.onNavigated.removeListener(list.navigated)
    unfinished.stop()
    writer.stop()
    channel.close()
  }
}

/**
 * All requests that DevTools lists. By callback, which every browser takes under `chrome`: webextension-polyfill has
 * no `getHAR`, and a Chromium without a `browser` of its own (150 has none, 156 does) then returns no promise.
 */
function listRequests(): Promise<HarEntry[]> {
  return new Promise(resolve => chrome.devtools.network.getHAR(({ entries }) => resolve(entries)))
}
