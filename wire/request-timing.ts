// Runs in every world and touches none: phases and sizes of a request, from its Resource Timing entry. The relay
// works them out, not the page script, which every page carries. The browser writes 0 for what it withholds (another origin without Timing-Allow-Origin), so 0 is "not known" throughout.
import type { RequestPhases } from './network.ts'
import type { HttpDetail } from './operations.ts'

type Texts = 'name' | 'initiatorType' | 'nextHopProtocol' | 'deliveryType'
type Numbers =
  | 'startTime'
  | 'workerStart'
  | 'fetchStart'
  | 'domainLookupStart'
  | 'domainLookupEnd'
  | 'connectStart'
  | 'connectEnd'
  | 'secureConnectionStart'
  | 'requestStart'
  | 'finalResponseHeadersStart'
  | 'responseStart'
  | 'responseEnd'
  | 'responseStatus'
  | 'transferSize'
  | 'encodedBodySize'
  | 'decodedBodySize'

/** What is read of an entry's `toJSON`; Firefox has not all of it. */
export type Timing = { readonly [Field in Texts]: string } & { readonly [Field in Numbers]: number }

export function addTiming(http: HttpDetail, entry: Timing): void {
  const { transferSize, encodedBodySize, decodedBodySize, nextHopProtocol, requestStart } = entry
  if (transferSize > 0) http.transferSize = transferSize
  if (encodedBodySize > 0) http.encodedBodySize = encodedBodySize
  if (decodedBodySize > 0) http.decodedBodySize = decodedBodySize
  if (nextHopProtocol !== '') http.protocol = nextHopProtocol
  if (entry.deliveryType === 'cache') http.fromCache = true
  if (entry.workerStart > 0) http.serviceWorker = true
  if (requestStart > 0) http.phases = phasesOf(entry)
}

/** Resource Timing §4.3: on a reused connection the marks of DNS and connect all equal `fetchStart`. */
function phasesOf(entry: Timing): RequestPhases {
  const { startTime, fetchStart, requestStart, responseStart, responseEnd, connectStart, connectEnd } = entry
  const { secureConnectionStart, domainLookupStart, domainLookupEnd } = entry
  const dns = domainLookupEnd - domainLookupStart
  const connect = connectEnd - connectStart
  const phases: RequestPhases = { queued: Math.max(0, requestStart - fetchStart - dns - connect) }
  if (fetchStart > startTime) phases.redirect = fetchStart - startTime
  if (dns > 0) phases.dns = dns
  if (connect > 0) phases.connect = connect
  if (secureConnectionStart > 0 && connectEnd > secureConnectionStart) phases.tls = connectEnd - secureConnectionStart
  if (responseStart >= requestStart) {
    phases.wait = responseStart - requestStart
    phases.receive = Math.max(0, responseEnd - responseStart)
  }
  return phases
}
