// Background: a request's phases and sizes, worked out of its Resource Timing entry here and not in the page, whose
// thread that would take. The browser writes 0 for what it withholds (another origin without Timing-Allow-Origin,
// https://w3c.github.io/resource-timing/#sec-timing-allow-origin), so 0 means "not known" throughout.
import {
  MEASURES,
  type Measure,
  type RawRequestColumns,
  type RequestColumns,
  TIMING_FIELDS,
  TIMING_WIDTH,
} from '../../wire/request-columns.ts'

type Measures = Partial<Record<Measure, number | undefined>>

/** @param starts of the rows: when each call was made, in milliseconds since the document's time origin. */
export function measureRequests({ timings, ...requests }: RawRequestColumns, starts: Float64Array): RequestColumns {
  const measures = new Float64Array((timings.length / TIMING_WIDTH) * MEASURES.length)
  for (const [row, entry] of requests.entryIndex.entries()) {
    if (entry === 0) continue
    const timing = timings.subarray((entry - 1) * TIMING_WIDTH, entry * TIMING_WIDTH)
    const measured = measure(timing, starts[row] as number)
    measures.set(
      MEASURES.map(name => measured[name] ?? Number.NaN),
      (entry - 1) * MEASURES.length,
    )
  }
  return { ...requests, measures }
}

/** On a reused connection the marks of DNS and connect all equal `fetchStart` (Resource Timing §4.3). */
function measure(timing: Float64Array, start: number): Measures {
  const [startTime = 0, workerStart = 0, fetchStart = 0, lookupStart = 0, lookupEnd = 0, connectStart = 0] = timing
  const [connectEnd = 0, secureStart = 0, requestStart = 0, responseStart = 0, responseEnd = 0] = timing.subarray(6)
  const [status = 0, transferSize = 0, encodedBodySize = 0, decodedBodySize = 0, finalHeadersStart = 0] =
    timing.subarray(11)
  const [protocol, fromCache] = timing.subarray(TIMING_FIELDS.length)
  const measures: Measures = {
    status: positive(status),
    transferSize: positive(transferSize),
    encodedBodySize: positive(encodedBodySize),
    decodedBodySize: positive(decodedBodySize),
    protocol,
    fromCache,
    serviceWorker: workerStart > 0 ? 1 : 0,
  }
  // `responseStart` may be that of an interim response, such as 103. Firefox has no `finalResponseHeadersStart`.
  const headersStart = finalHeadersStart || responseStart
  if (headersStart > 0) measures.headersDuration = Math.max(0, headersStart - start)
  if (requestStart <= 0) return measures
  const dns = lookupEnd - lookupStart
  const connect = connectEnd - connectStart
  // Where a service worker answers, Chromium 156 sets `fetchStart` to when it was ready: the time before is no redirect.
  const fetched = workerStart > 0 ? startTime : fetchStart
  measures.queued = Math.max(0, requestStart - fetched - dns - connect)
  measures.redirect = positive(fetched - startTime)
  measures.dns = positive(dns)
  measures.connect = positive(connect)
  if (secureStart > 0) measures.tls = positive(connectEnd - secureStart)
  if (responseStart >= requestStart) {
    measures.wait = responseStart - requestStart
    measures.receive = Math.max(0, responseEnd - responseStart)
  }
  return measures
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined
}
