// Node (the test's process): what Playwright's network events say of a request. They are the same in all browsers, and stand
// where DevTools' own stand in the extension.
import type { Request } from 'playwright/test'
import type { NetworkRequest, RequestPhases } from '../wire/network.ts'
import { redactUrl } from '../wire/redact-url.ts'
import { truncate } from '../wire/truncate.ts'

/** Characters kept of a URL, and of any other text. */
const MAX_URL_LENGTH = 10_000
const MAX_TEXT_LENGTH = 1_000

/** A request that has ended, or that came to nothing. */
export async function describeRequest(request: Request, secretNames: ReadonlySet<string>): Promise<NetworkRequest> {
  const show = (url: string): string => redactUrl(truncate(url, MAX_URL_LENGTH), secretNames)
  const response = await request.response()
  const sizes = response && !request.failure() ? await request.sizes().catch(() => undefined) : undefined
  const timing = request.timing()
  const found: NetworkRequest = {
    url: show(request.url()),
    method: request.method(),
    status: response?.status() ?? 0,
    type: request.resourceType(),
    startTime: timing.startTime > 0 ? timing.startTime : Date.now(),
    duration: Math.max(0, timing.responseEnd, timing.responseStart),
    phases: response ? phasesOf(timing) : {},
  }
  const next = request.redirectedTo()
  if (next) found.redirectUrl = show(next.url())
  const error = request.failure()?.errorText
  if (error) found.error = truncate(error, MAX_TEXT_LENGTH)
  if (response) {
    const headers = response.headers()
    const set = (field: 'mimeType' | 'cacheControl' | 'etag' | 'retryAfter', value: string | undefined): void => {
      if (value) found[field] = truncate(value, MAX_TEXT_LENGTH)
    }
    set('mimeType', headers['content-type']?.split(';', 1)[0]?.trim())
    set('cacheControl', headers['cache-control'])
    set('etag', headers.etag)
    set('retryAfter', headers['retry-after'])
    if (response.fromServiceWorker()) found.serviceWorker = true
    const protocol = await protocolOf(response)
    if (protocol) found.protocol = protocol
  }
  if (sizes) {
    found.responseHeadersSize = sizes.responseHeadersSize
    found.requestHeadersSize = sizes.requestHeadersSize
    found.bodySize = sizes.responseBodySize
    found.transferSize = sizes.responseHeadersSize + sizes.responseBodySize
    if (sizes.requestBodySize > 0) found.requestBodySize = sizes.requestBodySize
  }
  return found
}

/** The ALPN name. Playwright 1.59 was the first to know. */
async function protocolOf(response: object): Promise<string | undefined> {
  const { httpVersion } = response as { httpVersion?: () => Promise<string> }
  const version = await httpVersion?.call(response).catch(() => undefined)
  return version ? version.toLowerCase().replace(/^http\/2(\.0)?$/, 'h2') : undefined
}

/** Playwright writes -1 for what does not apply, and counts from the start of the request. */
function phasesOf(timing: ReturnType<Request['timing']>): RequestPhases {
  const { domainLookupStart, domainLookupEnd, connectStart, connectEnd, secureConnectionStart } = timing
  const { requestStart, responseStart, responseEnd } = timing
  const phases: RequestPhases = {}
  const set = (name: keyof RequestPhases, from: number, to: number): void => {
    if (from >= 0 && to >= from) phases[name] = to - from
  }
  const begun = [domainLookupStart, connectStart, requestStart].find(time => time >= 0)
  if (begun !== undefined) phases.queued = begun
  set('dns', domainLookupStart, domainLookupEnd)
  set('connect', connectStart, connectEnd)
  set('tls', secureConnectionStart, connectEnd)
  set('wait', requestStart, responseStart)
  set('receive', responseStart, responseEnd)
  return phases
}
