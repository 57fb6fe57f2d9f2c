// Any world: a request as DevTools reports it. A page can neither see nor change that.

/** Milliseconds of each phase; absent if it did not happen or is not known. Most names are those of HAR 1.2. */
export interface RequestPhases {
  /** All redirects before the last request. */
  redirect?: number
  /** Waiting for a connection, time in the browser's queue included. */
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
  /** Where it was redirected to. DevTools reports the next request separately. Without secrets. */
  redirectUrl?: string
  /** DevTools' resource type: fetch, xhr, document, image, ping, preflight, websocket … */
  type: string
  /** Milliseconds since the Unix epoch, to the millisecond. */
  startTime: number
  /** Milliseconds to the end of the response's body, or so far while it is `unfinished`. */
  duration: number
  /** It has not ended, and will be reported again. Without a status it waits for its response, else for the rest of the body. */
  unfinished?: true
  phases: RequestPhases
  protocol?: string
  transferSize?: number
  responseHeadersSize?: number
  requestHeadersSize?: number
  bodySize?: number
  /** Bytes of the request's body. Absent if there was none, or if it is not known. */
  requestBodySize?: number
  /** The response's MIME type, without parameters. */
  mimeType?: string
  /** Response headers. `Retry-After` is seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
  cacheControl?: string
  etag?: string
  retryAfter?: string
  /** The browser's name of a failure, such as net::ERR_CONNECTION_REFUSED. */
  error?: string
  cache?: 'memory' | 'disk'
  serviceWorker?: boolean
  initiator?: { type: string; stack?: string[] }
  /** The browser's name of the priority, such as High. */
  priority?: string
}

/** The same for all reports of one request, and for no other request: DevTools has no id. */
export function requestIdentity({ method, url, startTime, phases }: NetworkRequest): string {
  return `${method} ${url} ${startTime} ${phases.queued}`
}
