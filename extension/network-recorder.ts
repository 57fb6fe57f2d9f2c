// Devtools page: writes what DevTools sees of the network to the session's log, itself: this page lives as long
// as DevTools is open, so nothing is lost when the background's worker is stopped.
import browser from 'webextension-polyfill'
import type { SessionLog } from '../storage/session-log.ts'
import { LOG_CHANNEL, type LogChange, type PanelRequest, type SessionInfo } from '../wire/messages.ts'
import type { NetworkRequest } from '../wire/network.ts'
import { type HarEntry, toNetworkRequest } from './har-entry.ts'

/** Milliseconds from the first request to the record that tells it. */
const WRITE_INTERVAL = 100

/** Records until `stop` is called. Requests that end while recording is off are not kept. */
export function recordNetwork(tabId: number, log: SessionLog): () => void {
  const channel = new BroadcastChannel(LOG_CHANNEL)
  let session: Promise<SessionInfo>
  let waiting: NetworkRequest[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = (): void => {
    session = browser.runtime.sendMessage({ type: 'session', tabId } satisfies PanelRequest) as Promise<SessionInfo>
    session.catch(() => undefined)
  }
  ask()
  channel.onmessage = ({ data }: MessageEvent<LogChange>) => {
    if (data.change !== 'appended') ask()
  }

  const write = async (): Promise<void> => {
    timer = undefined
    const requests = waiting
    waiting = []
    const { id, recording } = await session
    if (!recording) return
    await log.append(id, [{ entry: { type: 'network', requests } }])
    channel.postMessage({ sessionId: id, change: 'appended' } satisfies LogChange)
  }

  const onFinished = (entry: object): void => {
    const request = toNetworkRequest(entry as HarEntry)
    if (!request) return
    waiting.push(request)
    timer ??= setTimeout(() => write().catch(error => console.error('Perf could not store', error)), WRITE_INTERVAL)
  }
  browser.devtools.network.onRequestFinished.addListener(onFinished)
  return () => {
    browser.devtools.network.onRequestFinished.removeListener(onFinished)
    clearTimeout(timer)
    channel.close()
  }
}
