// Devtools page: writes what DevTools sees of the network to the session's log, itself: this page lives as long
// as DevTools is open, so nothing is lost when the background's worker is stopped.
import browser from 'webextension-polyfill'
import type { SessionLog } from '../../storage/session-log.ts'
import type { LogEntry, NetworkLook } from '../../wire/log.ts'
import { LOG_CHANNEL, type LogChange, type PanelRequest, type SessionInfo } from '../../wire/messages.ts'
import { type NetworkRequest, requestIdentity } from '../../wire/network.ts'
import { watchSecretNames } from '../shared/settings.ts'
import { type HarEntry, isUnanswered, toNetworkRequest } from './har-entry.ts'
import { watchUnfinishedRequests } from './unfinished-requests.ts'
import { createWaitingRequests } from './waiting-requests.ts'

/** Milliseconds from the first request after a while to the record that tells it. */
const FIRST_DELAY = 100
/** Milliseconds between records while there is always news: what a browser does to store one, the page waits for, too. */
const WRITE_INTERVAL = 500
/** Milliseconds after which what could not be stored is tried again. */
const RETRY_INTERVAL = 2_000
/** Requests that are known to have been told: some MB. */
const MAX_REMEMBERED = 20_000

declare const chrome: {
  devtools: { network: { getHAR(callback: (log: { entries: HarEntry[] }) => void): void } }
}

/** Records until the returned function is called. Requests that end while recording is off are not kept. */
export function recordNetwork(tabId: number, log: SessionLog): () => void {
  const channel = new BroadcastChannel(LOG_CHANNEL)
  let session: Promise<SessionInfo>
  const waiting = createWaitingRequests()
  let looked: NetworkLook | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let written = Number.NEGATIVE_INFINITY
  /** Requests that need not be told as unfinished, as they have finished, or were told; with their starts. */
  const told = new Map<string, number>()
  /** Of those that started by then some are forgotten: none is told as unfinished any more. */
  let forgottenUntil = Number.NEGATIVE_INFINITY
  const remember = (request: NetworkRequest): void => {
    told.set(requestIdentity(request), request.startTime)
    if (told.size <= MAX_REMEMBERED) return
    const [oldest] = told
    if (!oldest) return
    const [identity, start] = oldest
    told.delete(identity)
    forgottenUntil = Math.max(forgottenUntil, start)
  }
  /** How many requests were in the list when it was last looked at, and when it was last found emptied. */
  let listed = 0
  let listedSince: number | undefined

  const ask = (): void => {
    session = browser.runtime.sendMessage({ type: 'session', tabId } satisfies PanelRequest) as Promise<SessionInfo>
    session.catch(() => undefined)
  }

  const write = async (): Promise<void> => {
    // It waits until it is known whose it is, and more with it.
    const { id, recording, createdAt } = await session.finally(() => {
      timer = undefined
    })
    written = performance.now()
    const taken = waiting.take(createdAt)
    const look = looked
    looked = undefined
    if (!recording) return
    const entry: LogEntry = { type: 'network', ...taken, ...(look ? { look } : {}) }
    try {
      if (await log.append(id, [{ entry }])) {
        channel.postMessage({ sessionId: id, change: 'appended' } satisfies LogChange)
        return
      }
      // Cleared meanwhile.
    } catch (error) {
      // Without space: the background makes room, or says that there is none.
      if ((error as Error).name !== 'QuotaExceededError') console.error('Perf could not store', error)
    }
    waiting.putBack(taken)
    looked ??= look
    tryAgain()
  }
  const schedule = (delay: number): void => {
    timer ??= setTimeout(() => write().catch(tryAgain), delay)
  }
  const tryAgain = (): void => {
    ask()
    schedule(RETRY_INTERVAL)
  }
  const tell = (request?: NetworkRequest): void => {
    if (request) waiting.add(request)
    schedule(Math.max(FIRST_DELAY, written + WRITE_INTERVAL - performance.now()))
  }

  const secretNames = watchSecretNames()
  const onFinished = async (entry: object): Promise<void> => {
    const request = toNetworkRequest(entry as HarEntry, await secretNames())
    if (!request) return
    remember(request)
    tell(request)
  }

  const look = async (): Promise<{ unanswered: boolean }> => {
    const time = Date.now()
    const names = await secretNames()
    const entries = await listRequests()
    for (const entry of entries) {
      const request = toNetworkRequest(entry, names)
      if (!request || request.status === 0 || request.error !== undefined || request.redirectUrl) continue
      if (request.startTime <= forgottenUntil || told.has(requestIdentity(request))) continue
      remember(request)
      tell({ ...request, unfinished: true })
    }
    const unanswered = entries.filter(isUnanswered).flatMap(entry => toNetworkRequest(entry, names) ?? [])
    // Cleared by the user.
    if (entries.length < listed) listedSince = time
    listed = entries.length
    const since = listedSince === undefined ? {} : { since: listedSince }
    looked = { time, ...since, unanswered: unanswered.map(({ method, url }) => `${method} ${url}`) }
    tell()
    return { unanswered: unanswered.length > 0 }
  }
  const unfinished = watchUnfinishedRequests(look)

  channel.onmessage = async ({ data }: MessageEvent<LogChange>) => {
    if (data.change !== 'appended') {
      // What came while recording was on is still wanted when it is off.
      if (data.change === 'session' && timer !== undefined) {
        clearTimeout(timer)
        write().catch(tryAgain)
      }
      ask()
    } else if (data.pendingRequests && data.sessionId === (await session).id) unfinished.expect()
  }
  /** It is another list then, and all that the new page asks for is in it. */
  const onNavigated = (): void => {
    listed = 0
  }
  ask()
  browser.devtools.network.onRequestFinished.addListener(onFinished)
  browser.devtools.network.onNavigated.addListener(onNavigated)
  return () => {
    browser.devtools.network.onRequestFinished.removeListener(onFinished)
    browser.devtools.network.onNavigated.removeListener(onNavigated)
    unfinished.stop()
    clearTimeout(timer)
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
