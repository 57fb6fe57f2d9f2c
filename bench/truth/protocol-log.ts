// Node. The browser's own log of a page's requests: the Network domain of the DevTools protocol.
import type { Page } from 'playwright'

/** Milliseconds of the browser's monotonic clock; durations are from `start`. */
export interface LoggedRequest {
  /** As first requested. */
  url: string
  postData: string | undefined
  start: number
  status?: number
  /** To the response's headers, and to the end of the body or the failure. */
  headers?: number
  end?: number
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

  session.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    // A redirect goes on under the same id.
    if (requests.has(requestId)) return
    const { url, postData } = request
    requests.set(requestId, { url, postData, start: timestamp * 1000, phases: {} })
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
  session.on('Network.loadingFailed', ({ requestId, timestamp }) => {
    const logged = requests.get(requestId)
    if (logged) logged.end = timestamp * 1000 - logged.start
  })
  await session.send('Network.enable')
  return {
    get requests() {
      return [...requests.values()]
    },
    stop: () => session.detach(),
  }
}
