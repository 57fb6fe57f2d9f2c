// Runs in every world and touches none: phases and sizes of a request, from its Resource Timing entry. The background
// works them out, off the page's thread. The browser writes 0 for what it withholds (another origin without
// Timing-Allow-Origin), so 0 is "not known" throughout.
import { FIGURES, type Figure, type RequestColumns } from './request-columns.ts'

/** What is read of an entry, in this order; then an index into `protocols`, and 1 if the HTTP cache answered. */
export const TIMING_FIELDS = [
  'startTime',
  'workerStart',
  'fetchStart',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'connectEnd',
  'secureConnectionStart',
  'requestStart',
  'responseStart',
  'responseEnd',
  'responseStatus',
  'transferSize',
  'encodedBodySize',
  'decodedBodySize',
] as const

export const TIMING_WIDTH = TIMING_FIELDS.length + 2

/**
 * Figures of requests in the place of the timing that the page script has written of them.
 * @param starts of the rows: when each one's call was made, in milliseconds since the document's time origin.
 */
export function withFigures(requests: RequestColumns, starts: Float64Array): RequestColumns {
  const { figuresOf, figures: timing } = requests
  const figures = new Float64Array((timing.length / TIMING_WIDTH) * FIGURES.length)
  for (const [row, place] of figuresOf.entries()) {
    if (place === 0) continue
    const entry = timing.subarray((place - 1) * TIMING_WIDTH, place * TIMING_WIDTH)
    const found = figuresOfOne(entry, starts[row] as number)
    figures.set(
      FIGURES.map(figure => found[figure] ?? Number.NaN),
      (place - 1) * FIGURES.length,
    )
  }
  return { ...requests, figures }
}

/** Resource Timing §4.3: on a reused connection the marks of DNS and connect all equal `fetchStart`. */
function figuresOfOne(entry: Float64Array, start: number): Partial<Record<Figure, number | undefined>> {
  const [startTime = 0, workerStart = 0, fetchStart = 0, lookupStart = 0, lookupEnd = 0, connectStart = 0] = entry
  const [connectEnd = 0, secureStart = 0, requestStart = 0, responseStart = 0, responseEnd = 0] = entry.subarray(6)
  const [status = 0, transferSize = 0, encodedBodySize = 0, decodedBodySize = 0, protocol, fromCache] =
    entry.subarray(11)
  const figures: Partial<Record<Figure, number | undefined>> = {
    status: positive(status),
    transferSize: positive(transferSize),
    encodedBodySize: positive(encodedBodySize),
    decodedBodySize: positive(decodedBodySize),
    protocol,
    fromCache,
    serviceWorker: workerStart > 0 ? 1 : 0,
  }
  // Without the time of the headers (another origin's) `duration` is the body's too, until DevTools tells.
  if (responseStart > 0 || status > 0) figures.bodyDuration = Math.max(0, responseEnd - start)
  if (requestStart <= 0) return figures
  const dns = lookupEnd - lookupStart
  const connect = connectEnd - connectStart
  // Where a service worker answers, `fetchStart` is when it was ready (so in Chromium 156): the time before is no redirect's.
  const fetched = workerStart > 0 ? startTime : fetchStart
  figures.queued = Math.max(0, requestStart - fetched - dns - connect)
  figures.redirect = positive(fetched - startTime)
  figures.dns = positive(dns)
  figures.connect = positive(connect)
  if (secureStart > 0) figures.tls = positive(connectEnd - secureStart)
  if (responseStart >= requestStart) {
    figures.wait = responseStart - requestStart
    figures.receive = Math.max(0, responseEnd - responseStart)
  }
  return figures
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined
}
