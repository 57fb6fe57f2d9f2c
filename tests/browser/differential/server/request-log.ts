// Test (Node): what arrived at the differential suite's server, as the record of a case shows it.
import type { IncomingMessage } from 'node:http'

/** A request as the server got it. */
export interface Arrival {
  request: string
  /** `name: value`, in the order of arrival. */
  headers: string[]
  body: string
}

export interface RequestLog {
  add(request: IncomingMessage, body: Promise<string>): void
  /** Resolves when `count` requests for the path have come, bodies and all. */
  arrived(path: string, count: number): Promise<void>
  /** Everything so far, sorted: which of several at once comes first is chance. */
  list(): Arrival[]
}

/**
 * A connection that breaks before the headers of its response: Chromium then sends the request again if it had the
 * connection before, which is chance (`HttpNetworkTransaction::ShouldResendRequest`,
 * https://source.chromium.org/chromium/chromium/src/+/main:net/http/http_network_transaction.cc). Equal ones count once.
 */
const SENT_AGAIN = / \/reset(?:\?|$)/

/** The same whoever asks, so not worth their place in a record. */
const DULL_HEADERS = /^(?:host|connection|user-agent|accept-encoding|accept-language|sec-ch-ua.*|sec-websocket-key)$/i

const keyOf = ({ request, headers, body }: Arrival): string => [request, ...headers, body].join('\n')

export function createRequestLog(): RequestLog {
  const arrivals: Arrival[] = []
  let onChange: (() => void)[] = []
  const complete = new WeakSet<Arrival>()

  const changed = (): void => {
    const listeners = onChange
    onChange = []
    for (const listener of listeners) listener()
  }
  const countOf = (path: string): number =>
    arrivals.filter(arrival => complete.has(arrival) && arrival.request.includes(` ${path}`)).length

  return {
    add({ method, url, rawHeaders }, body) {
      const headers: string[] = []
      for (let i = 0; i < rawHeaders.length; i += 2) {
        if (!DULL_HEADERS.test(rawHeaders[i] ?? '')) headers.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
      }
      const arrival: Arrival = { request: `${method} ${url}`, headers, body: '(incomplete)' }
      arrivals.push(arrival)
      void body.then(text => {
        arrival.body = text
        complete.add(arrival)
        changed()
      })
    },
    async arrived(path, count) {
      while (countOf(path) < count) await new Promise<void>(resolve => onChange.push(resolve))
    },
    list: () => {
      const sorted = arrivals.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      return sorted.filter((arrival, i) => {
        const before = sorted[i - 1]
        return !SENT_AGAIN.test(arrival.request) || !before || keyOf(before) !== keyOf(arrival)
      })
    },
  }
}
