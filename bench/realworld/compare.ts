// Node. Is each call of the log in the session, once, and as it was?
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import type { NetworkRequest } from '../../wire/network.ts'
import { comparableUrl, type LoggedCall } from './logged-calls.ts'

/** Milliseconds. */
export const MAX_DURATION_DIFFERENCE = 5
/** Between the starts of one call in log and session, on a busy machine. */
const MAX_START_DIFFERENCE = 5_000
/** The same, for calls that differ in their URL. */
const MAX_START_DIFFERENCE_OF_OTHERS = 100

/** What may be wrong with a call, in the order in which it is reported. */
export const FAULTS = ['missing', 'twice', 'method', 'URL', 'status', 'outcome', 'duration'] as const
export type Fault = (typeof FAULTS)[number]

export interface Comparison {
  matched: number
  faults: { fault: Fault; text: string }[]
  /** Ours less the log's, in milliseconds, of the calls that ended in both. */
  differences: number[]
  /** How many more have a difference that is the log's: see `unexplained`. */
  explained: number
  /** Operations that ended before there was a request: a fetch whose signal was aborted before, an EventSource closed at once. */
  neverSent: number
}

interface Pair {
  call: LoggedCall
  operation: SessionOperation
}

export function compare(calls: readonly LoggedCall[], session: SessionFile): Comparison {
  const operations = session.operations.filter(({ kind }) => kind !== 'custom')
  const same = pairUp(calls, operations, MAX_START_DIFFERENCE, ({ call, operation }) => isOf(call, operation))
  const others = pairUp(same.calls, same.operations, MAX_START_DIFFERENCE_OF_OTHERS, isOfKind)
  const pairs = [...same.pairs, ...others.pairs]
  const extra = others.operations.filter(operation => !isNeverSent(operation))
  const faults: Comparison['faults'] = []
  const report = (fault: Fault, text: string) => faults.push({ fault, text })
  for (const call of others.calls) report('missing', textOf(call))
  for (const { operationName, kind } of extra) report('twice', `${kind} ${operationName}`)
  for (const { type, method, url } of listedApart(calls, session.networkRequests)) {
    report('twice', `${method} ${url} is among the requests that only DevTools saw, as ${type}`)
  }
  const differences: number[] = []
  let explained = 0
  for (const { call, operation } of pairs) {
    const expect = (fault: Fault, ours: unknown, theirs: unknown, fits = ours === theirs) => {
      if (!fits) report(fault, `${ours} instead of ${theirs}: ${textOf(call)}`)
    }
    expect('method', methodOf(operation) ?? call.method, call.method)
    expect('URL', comparableUrl(urlOf(operation)), call.url)
    if (hasStatus(operation)) expect('status', statusOf(operation), call.status)
    const { outcome } = operation
    expect('outcome', outcome, call.outcomes.join(' or '), call.outcomes.includes(outcome))
    const ours = durationToEnd(operation)
    if (ours === undefined || call.end === undefined) continue
    const isNear = (difference: number): boolean => Math.abs(difference) <= MAX_DURATION_DIFFERENCE
    const near = isNear(unexplained(ours - call.end, { call, operation }))
    if (near && !isNear(ours - call.end)) explained++
    else differences.push(ours - call.end)
    expect('duration', `${ours.toFixed(1)} ms`, `${call.end.toFixed(1)} ms`, near)
  }
  return { matched: pairs.length, faults, differences, explained, neverSent: others.operations.length - extra.length }
}

/**
 * To the end of the body, as the log has it. Of a WebSocket from its opening: the log has no time for its making.
 */
function durationToEnd({ kind, duration, connection }: SessionOperation): number | undefined {
  if (duration === undefined) return undefined
  if (kind === 'websocket') return duration - (connection?.openDuration ?? 0)
  return duration
}

/**
 * What the log does not have of a difference: the time from the page's call to the browser's request, and until the page's
 * thread hears of a failure. A WebSocket is compared from its opening.
 */
function unexplained(difference: number, { call, operation: { kind, startTime } }: Pair): number {
  if (difference < 0) return call.isEndLate ? 0 : difference
  return kind === 'websocket' ? difference : Math.max(0, difference - Math.max(0, call.startTime - startTime))
}

/** Each with the one that fits and starts the nearest, the nearest first. */
function pairUp(
  calls: readonly LoggedCall[],
  operations: readonly SessionOperation[],
  maxDifference: number,
  fits: (pair: Pair) => boolean,
) {
  const apart = ({ call, operation }: Pair): number => Math.abs(operation.startTime - call.startTime)
  const candidates = calls
    .flatMap(call => operations.map(operation => ({ call, operation })))
    .filter(pair => fits(pair) && apart(pair) <= maxDifference)
    .sort((a, b) => apart(a) - apart(b))
  const pairs: Pair[] = []
  const taken = new Set<object>()
  for (const pair of candidates) {
    if (taken.has(pair.call) || taken.has(pair.operation)) continue
    taken.add(pair.call).add(pair.operation)
    pairs.push(pair)
  }
  return {
    pairs,
    calls: calls.filter(call => !taken.has(call)),
    operations: operations.filter(operation => !taken.has(operation)),
  }
}

/** A streamed response is of a fetch or an XHR, as its request says. */
function isOfKind({ call, operation: { kind, http } }: Pair): boolean {
  return call.kind === (kind === 'stream' ? http?.devtools?.type : kind)
}

function isOf(call: LoggedCall, operation: SessionOperation): boolean {
  return isOfKind({ call, operation }) && comparableUrl(urlOf(operation)) === call.url
}

/** Calls of the page that stand among the requests that only DevTools saw. */
function listedApart(calls: readonly LoggedCall[], requests: readonly NetworkRequest[]): NetworkRequest[] {
  const types = ['fetch', 'xhr', 'websocket', 'eventsource', 'ping']
  return requests.filter(
    ({ type, url, startTime }) =>
      types.includes(type) &&
      calls.some(
        call => call.url === comparableUrl(url) && Math.abs(call.startTime - startTime) <= MAX_START_DIFFERENCE,
      ),
  )
}

/** It ended before there was a request: neither the log nor DevTools has one, and it got no answer. */
function isNeverSent({ outcome, http, connection }: SessionOperation): boolean {
  const isAnswered = http?.status !== undefined || connection?.openDuration !== undefined
  return outcome !== 'pending' && !isAnswered && !(http ?? connection)?.devtools
}

const urlOf = ({ http, connection }: SessionOperation): string => (http ?? connection)?.url ?? ''
/** A connection has no method of its own. */
const methodOf = ({ http }: SessionOperation): string | undefined => http?.method

/** A connection's status is DevTools' to tell, once it has ended. */
function hasStatus({ http, connection }: SessionOperation): boolean {
  return http !== undefined || connection?.devtools !== undefined
}

function statusOf({ http, connection }: SessionOperation): number | undefined {
  return http ? http.status : connection?.devtools?.status || undefined
}

function textOf({ kind, method, url }: LoggedCall): string {
  return `${kind} ${method} ${url}`
}
