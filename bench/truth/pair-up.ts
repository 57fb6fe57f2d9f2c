// Node. Which record of each log is whose: by the request's number in the URL, or by start where URLs are shared.
import type { SessionOperation } from '../../session/format.ts'
import type { LoggedRequest } from '../harness/protocol-log.ts'
import type { ObservedRequest } from './page-script.ts'
import type { PlannedRequest } from './request-plan.ts'
import type { ServedRequest } from './truth-server.ts'

export interface Logs {
  planned: readonly PlannedRequest[]
  operations: readonly SessionOperation[]
  observed: readonly ObservedRequest[]
  logged: readonly LoggedRequest[]
  served: ReadonlyMap<number, ServedRequest>
}

/** One request in all logs. */
export interface Paired {
  planned: PlannedRequest
  ours: SessionOperation
  observed: ObservedRequest
  logged: LoggedRequest | undefined
  served: ServedRequest | undefined
}

export interface Pairing {
  pairs: Paired[]
  /** Requests without an operation, and operations beyond one to a request. */
  missing: number
  twice: number
}

export function pairUp({ planned, operations, observed, logged, served }: Logs): Pairing {
  const urls = new Set(planned.map(({ url }) => url))
  const pairs: Paired[] = []
  let missing = 0
  let twice = 0
  for (const url of urls) {
    const requests = planned.filter(request => request.url === url)
    const numbers = new Set(requests.map(({ n }) => n))
    // The page's clock reads no later than the call: in the same order as the calls.
    const seen = observed.filter(({ n }) => numbers.has(n)).sort((a, b) => a.start - b.start)
    const ours = operations.filter(({ http }) => http?.url === url).sort((a, b) => a.startTime - b.startTime)
    missing += Math.max(0, seen.length - ours.length)
    twice += Math.max(0, ours.length - seen.length)
    for (const [i, each] of seen.entries()) {
      const request = requests.find(({ n }) => n === each.n)
      const operation = ours[i]
      if (!request || !operation) continue
      const sent = logged.filter(entry => entry.url === url)
      const own = requests.length > 1 ? sent.find(({ postData }) => numberIn(postData) === each.n) : sent[0]
      pairs.push({ planned: request, ours: operation, observed: each, logged: own, served: served.get(each.n) })
    }
  }
  return { pairs, missing, twice }
}

function numberIn(postData: string | undefined): number | undefined {
  return postData === undefined ? undefined : (JSON.parse(postData) as PlannedRequest).n
}
