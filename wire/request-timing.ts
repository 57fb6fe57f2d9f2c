// Runs in every world and touches none: phases and sizes of a request, from its Resource Timing entry. The relay
// works them out, not the page script, which every page carries. The browser writes 0 for what it withholds (another
// origin without Timing-Allow-Origin), so 0 is "not known" throughout.
import { FIGURES, type Figure } from './request-columns.ts'

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
 * The figures of requests.
 * @param timing of each as the page script wrote it, `TIMING_WIDTH` numbers.
 * @param starts when each one's call was made, in milliseconds since the document's time origin.
 */
export function figuresOf(timing: Float64Array, starts: Float64Array): Float64Array {
  const figures = new Float64Array(starts.length * FIGURES.length)
  for (const [i, start] of starts.entries()) {
    const entry = timing.subarray(i * TIMING_WIDTH, (i + 1) * TIMING_WIDTH)
    const found = figuresOfOne(entry, start)
    figures.set(
      FIGURES.map(figure => found[figure] ?? Number.NaN),
      i * FIGURES.length,
    )
  }
  return figures
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
  figures.queued = Math.max(0, requestStart - fetchStart - dns - connect)
  figures.redirect = positive(fetchStart - startTime)
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
