// Any world: a request as DevTools saw it, which no page script can see or change.

/** Milliseconds of each phase, absent where it did not take place or is not known. The names are HAR 1.2's. */
export interface RequestPhases {
  /** All redirects before the last request. */
  redirect?: number
  /** Waiting for a connection, the browser's own queue included. */
  queued?: number
  dns?: number
  /** TCP and TLS. */
  connect?: number
  /** The TLS part of `connect`. */
  tls?: number
  send?: number
  /** From the last byte sent to the first byte of the response. */
  wait?: number
  receive?: number
}

/** Sizes are bytes. */
export interface NetworkRequest {
  /** Without secrets. */
  url: string
  method: string
  /** 0 when there was no response. */
  status: number
  /** Where it was redirected to: DevTools reports that request on its own. Without secrets. */
  redirectUrl?: string
  /** DevTools' resource type: fetch, xhr, document, image, ping, preflight, websocket … */
  type: string
  /** Milliseconds since the Unix epoch, to the millisecond. */
  startTime: number
  /** Milliseconds to the end of the response's body; so far, while it is `unfinished`. */
  duration: number
  /** It has not ended, and is reported again: without a status it waits for its response, else for the rest of the body. */
  unfinished?: true
  phases: RequestPhases
  protocol?: string
  transferSize?: number
  responseHeadersSize?: number
  requestHeadersSize?: number
  bodySize?: number
  /** Bytes of the request's body; absent where there was none, or DevTools doesn't know. */
  requestBodySize?: number
  /** The response's MIME type, without parameters. */
  mimeType?: string
  /** The response's headers of these names. `Retry-After` is seconds or a date: RFC 9110 §10.2.3. */
  cacheControl?: string
  etag?: string
  retryAfter?: string
  /** The browser's own name of a failure, such as net::ERR_CONNECTION_REFUSED. */
  error?: string
  cache?: 'memory' | 'disk'
  serviceWorker?: boolean
  initiator?: { type: string; stack?: string[] }
}

/** The same for all reports of one request, and for no other: DevTools gives no id. */
export function requestIdentity({ method, url, startTime, phases }: NetworkRequest): string {
  return `${method} ${url} ${startTime} ${phases.queued}`
}
