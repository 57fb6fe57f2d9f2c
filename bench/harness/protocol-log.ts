// Node. The browser's own log of a page's requests: the Network domain of the DevTools protocol.
import type { CDPSession, Page } from 'playwright'

/**
 * Milliseconds; `start` is of the browser's monotonic clock, durations are from there. Both are NaN for a WebSocket that
 * was closed before its handshake.
 */
export interface LoggedRequest {
  /** The protocol's resource type: Fetch, XHR, EventSource, WebSocket, Ping, Document, Script … */
  type: string
  /** Not known of a WebSocket. */
  frameId?: string | undefined
  method: string
  /** As first requested. */
  url: string
  postData: string | undefined
  start: number
  /** The same moment in milliseconds since the Unix epoch; of a WebSocket without a handshake, when it was reported. */
  startTime: number
  status?: number
  /** To the response's headers, and to the end of the body or the failure. */
  headers?: number
  end?: number
  /** Why it failed: net::ERR_…, or a WebSocket's error. */
  error?: string
  /** The page, or its end, cancelled it. */
  cancelled?: true
  phases: { queued?: number; dns?: number; connect?: number; wait?: number; receive?: number }
  /** Bytes on the network. */
  transferSize?: number
}

export interface ProtocolLog {
  readonly requests: readonly LoggedRequest[]
  stop(): Promise<void>
}

/** By Resource Timing's reckoning: `queued` begins in the page, `wait` is from the first byte sent to the first received. */
export async function followProtocol(page: Page): Promise<ProtocolLog> {
  const session = await page.context().newCDPSession(page)
  const requests = new Map<string, LoggedRequest>()
  followRequests(session, requests)
  followWebSockets(session, requests)
  await session.send('Network.enable')
  return {
    get requests() {
      return [...requests.values()]
    },
    stop: () => session.detach(),
  }
}

function followRequests(session: CDPSession, requests: Map<string, LoggedRequest>): void {
  session.on('Network.requestWillBeSent', ({ requestId, frameId, request, timestamp, wallTime, type = 'Other' }) => {
    // A redirect goes on under the same id.
    if (requests.has(requestId)) return
    const { url, method, postData } = request
    const [start, startTime] = [timestamp * 1000, wallTime * 1000]
    requests.set(requestId, { type, frameId, method, url, postData, start, startTime, phases: {} })
  })
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const logged = requests.get(requestId)
    if (!logged) return
    logged.status = response.status
    const { timing } = response
    if (!timing) return
    const { requestTime, sendStart, receiveHeadersStart, dnsStart, dnsEnd, connectStart, connectEnd } = timing
    const base = requestTime * 1000
    logged.headers = base + receiveHeadersStart - logged.start
    const dns = dnsStart >= 0 ? dnsEnd - dnsStart : 0
    const connect = connectStart >= 0 ? connectEnd - connectStart : 0
    logged.phases.queued = Math.max(0, base + sendStart - logged.start - dns - connect)
    if (dns > 0) logged.phases.dns = dns
    if (connect > 0) logged.phases.connect = connect
    logged.phases.wait = receiveHeadersStart - sendStart
  })
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const logged = requests.get(requestId)
    if (!logged) return
    logged.end = timestamp * 1000 - logged.start
    logged.transferSize = encodedDataLength
    if (logged.headers !== undefined) logged.phases.receive = Math.max(0, logged.end - logged.headers)
  })
  session.on('Network.loadingFailed', ({ requestId, timestamp, errorText, canceled }) => {
    const logged = requests.get(requestId)
    if (!logged) return
    logged.end = timestamp * 1000 - logged.start
    logged.error = errorText
    if (canceled) logged.cancelled = true
  })
}

function followWebSockets(session: CDPSession, requests: Map<string, LoggedRequest>): void {
  session.on('Network.webSocketCreated', ({ requestId, url }) => {
    const times = { start: Number.NaN, startTime: Date.now() }
    requests.set(requestId, { type: 'WebSocket', method: 'GET', url, postData: undefined, ...times, phases: {} })
  })
  // The first event of a WebSocket that has a time.
  session.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, timestamp, wallTime }) => {
    const logged = requests.get(requestId)
    if (logged) Object.assign(logged, { start: timestamp * 1000, startTime: wallTime * 1000 })
  })
  session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, timestamp, response }) => {
    const logged = requests.get(requestId)
    if (!logged) return
    logged.status = response.status
    logged.headers = timestamp * 1000 - logged.start
  })
  session.on('Network.webSocketFrameError', ({ requestId, errorMessage }) => {
    const logged = requests.get(requestId)
    if (logged) logged.error = errorMessage
  })
  session.on('Network.webSocketClosed', ({ requestId, timestamp }) => {
    const logged = requests.get(requestId)
    if (logged) logged.end = timestamp * 1000 - logged.start
  })
}
