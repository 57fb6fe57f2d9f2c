// Runs in every world and touches none: what is known of one request, out of a batch's columns.
import type { RequestPhases } from '../../wire/network.ts'
import { BEACON, FETCH, type HttpDetail, type OperationColumns, XHR } from '../../wire/operations.ts'
import { END_UNKNOWN } from '../../wire/reason-codes.ts'
import { END_UNKNOWN_BITS, FIGURES, type Figure, INFERRED, MANUAL_REDIRECT } from '../../wire/request-columns.ts'

const NUMBERS = ['status', 'bodyDuration', 'transferSize', 'encodedBodySize', 'decodedBodySize'] as const
const PHASES = ['redirect', 'queued', 'dns', 'connect', 'tls', 'wait', 'receive'] as const

const KINDS_OF_REQUEST: readonly number[] = [FETCH, XHR, BEACON]

/** Undefined for a row that is no request. */
export function httpDetailOf({ kind, name, requests }: OperationColumns, row: number): HttpDetail | undefined {
  if (!requests || !KINDS_OF_REQUEST.includes(kind[row] as number)) return undefined
  const { methods, urls, state, figuresOf, figures, protocols } = requests
  const target = name[row] as number
  const bits = state[row] as number
  const http: HttpDetail = { method: methods[target] ?? '', url: urls[target] ?? '' }
  const endUnknown = END_UNKNOWN[bits & END_UNKNOWN_BITS]
  if (endUnknown !== undefined) http.endUnknown = endUnknown
  if (bits & MANUAL_REDIRECT) http.redirect = 'manual'
  if (http.method === '') http.source = 'resource-timing'
  const place = figuresOf[row]
  if (!place) return http
  http.endSource = 'resource-timing'
  http.match = bits & INFERRED ? 'inferred' : 'exact'
  const figure = (of: Figure): number => figures[(place - 1) * FIGURES.length + FIGURES.indexOf(of)] as number
  for (const of of NUMBERS) if (!Number.isNaN(figure(of))) http[of] = figure(of)
  const phases: RequestPhases = {}
  for (const of of PHASES) if (!Number.isNaN(figure(of))) phases[of] = figure(of)
  if (Object.keys(phases).length > 0) http.phases = phases
  const protocol = protocols[figure('protocol')]
  if (protocol) http.protocol = protocol
  if (figure('fromCache') === 1) http.fromCache = true
  if (figure('serviceWorker') === 1) http.serviceWorker = true
  return http
}
