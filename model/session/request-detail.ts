// Runs in every world and touches none: what is known of one request, out of a batch's columns.
import type { RequestPhases } from '../../wire/network.ts'
import { BEACON, FETCH, type HttpDetail, type OperationColumns, XHR } from '../../wire/operations.ts'
import { CALL_FLAGS, INFERRED, MEASURES, type Measure } from '../../wire/request-columns.ts'

const NUMBERS = ['status', 'bodyDuration', 'transferSize', 'encodedBodySize', 'decodedBodySize'] as const
const PHASES = ['redirect', 'queued', 'dns', 'connect', 'tls', 'wait', 'receive'] as const

const KINDS_OF_REQUEST: readonly number[] = [FETCH, XHR, BEACON]

/** Undefined for a row that is no request. */
export function httpDetailOf({ kind, name, requests }: OperationColumns, row: number): HttpDetail | undefined {
  if (!requests || !KINDS_OF_REQUEST.includes(kind[row] as number)) return undefined
  const { methods, urls, state, entryIndex, measures, protocols } = requests
  const target = name[row] as number
  const bits = state[row] as number
  const http: HttpDetail = { method: methods[target] ?? '', url: urls[target] ?? '' }
  for (const [bit, fields] of CALL_FLAGS) if (bits & bit) Object.assign(http, fields satisfies Partial<HttpDetail>)
  const entry = entryIndex[row]
  if (!entry) return http
  http.endSource = 'resource-timing'
  http.match = bits & INFERRED ? 'inferred' : 'exact'
  const measured = (name: Measure): number => measures[(entry - 1) * MEASURES.length + MEASURES.indexOf(name)] as number
  for (const name of NUMBERS) if (!Number.isNaN(measured(name))) http[name] = measured(name)
  const phases: RequestPhases = {}
  for (const name of PHASES) if (!Number.isNaN(measured(name))) phases[name] = measured(name)
  if (Object.keys(phases).length > 0) http.phases = phases
  const protocol = protocols[measured('protocol')]
  if (protocol) http.protocol = protocol
  if (measured('fromCache') === 1) http.fromCache = true
  if (measured('serviceWorker') === 1) http.serviceWorker = true
  return http
}
