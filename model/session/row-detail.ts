// Model: the details of an operation, read from the columns of a batch.
import type { RequestPhases } from '../../wire/network.ts'
import {
  BEACON,
  FETCH,
  type HttpDetail,
  type OperationColumns,
  type OperationDetail,
  XHR,
} from '../../wire/operations.ts'
import { CALL_FLAGS, INFERRED, MEASURES, type Measure } from '../../wire/request-columns.ts'
import { keepPageFrames } from './page-frames.ts'

/** Measures that are fields of `HttpDetail`, and those that are phases. */
const NUMBERS = ['status', 'headersDuration', 'transferSize', 'encodedBodySize', 'decodedBodySize'] as const
const PHASES = ['redirect', 'queued', 'dns', 'connect', 'tls', 'wait', 'receive'] as const

/** Where each measure stands among those of a request. */
const PLACES = Object.fromEntries(MEASURES.map((name, place) => [name, place])) as Record<Measure, number>

const KINDS_OF_REQUEST: readonly number[] = [FETCH, XHR, BEACON]

/** Returns a function of the index in the columns; it returns undefined where an operation has no details. */
export function detailsOf(columns: OperationColumns): (index: number) => OperationDetail | undefined {
  const details = new Map(columns.details)
  return index => {
    const http = httpDetailOf(columns, index)
    const recorded = details.get(index)
    if (!http && !recorded) return undefined
    const { graphql, stack, error, ...detail } = recorded ?? {}
    if (http && graphql !== undefined) http.graphql = graphql
    if (http && stack) http.stack = stack.split('\n')
    const known = { ...detail, ...(error ? { error } : {}), ...(http ? { http } : {}) }
    keepPageFrames(known)
    return known
  }
}

/** Undefined for an operation that is no request. */
export function httpDetailOf({ kind, name, requests }: OperationColumns, index: number): HttpDetail | undefined {
  if (!requests || !KINDS_OF_REQUEST.includes(kind[index] as number)) return undefined
  const { methods, urls, state, entryIndex, measures, protocols } = requests
  const target = name[index] as number
  const bits = state[index] as number
  const http: HttpDetail = { method: methods[target] ?? '', url: urls[target] ?? '' }
  for (const [bit, fields] of CALL_FLAGS) if (bits & bit) Object.assign(http, fields satisfies Partial<HttpDetail>)
  const entry = entryIndex[index]
  if (!entry) return http
  http.endSource = 'resource-timing'
  http.match = bits & INFERRED ? 'inferred' : 'exact'
  const from = (entry - 1) * MEASURES.length
  const measured = (name: Measure): number => measures[from + PLACES[name]] as number
  for (const name of NUMBERS) {
    const number = measured(name)
    if (!Number.isNaN(number)) http[name] = number
  }
  let phases: RequestPhases | undefined
  for (const name of PHASES) {
    const duration = measured(name)
    if (Number.isNaN(duration)) continue
    phases ??= {}
    phases[name] = duration
  }
  if (phases) http.phases = phases
  const protocol = protocols[measured('protocol')]
  if (protocol) http.protocol = protocol
  if (measured('fromCache') === 1) http.fromCache = true
  if (measured('serviceWorker') === 1) http.serviceWorker = true
  return http
}

/** Keeps what DevTools has reported of an operation when the page reports more of it, which may know no headers' time. */
export function withDevtools(detail: OperationDetail, before: OperationDetail | undefined): OperationDetail {
  const devtools = before?.http?.devtools ?? before?.connection?.devtools
  if (!devtools) return detail
  const { http, connection } = detail
  // A request without a response is matched again when it has one.
  const isRunning = devtools.unfinished === true && devtools.status === 0
  const isGuess = (before?.http ?? before?.connection)?.match === 'inferred' && !isRunning
  const match = isGuess ? { match: 'inferred' as const } : {}
  return {
    ...detail,
    ...(http ? { http: { ...headersOf(before?.http), ...http, ...match, devtools } } : {}),
    ...(connection ? { connection: { ...connection, ...match, devtools } } : {}),
  }
}

function headersOf(http: HttpDetail | undefined): Pick<HttpDetail, 'headersDuration'> {
  return http?.headersDuration === undefined ? {} : { headersDuration: http.headersDuration }
}
