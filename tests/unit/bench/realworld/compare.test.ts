import { expect, test } from 'vitest'
import type { LoggedRequest } from '../../../../bench/harness/protocol-log.ts'
import { compare } from '../../../../bench/realworld/compare.ts'
import { loggedCalls } from '../../../../bench/realworld/logged-calls.ts'
import type { SessionFile, SessionOperation } from '../../../../session/format.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const START = 1_790_000_000_000

function logged(more: Partial<LoggedRequest> = {}): LoggedRequest {
  const start = more.startTime ?? START
  const request = { type: 'Fetch', method: 'GET', url: 'http://app.test/a', postData: undefined, phases: {} }
  return { ...request, start, startTime: start, status: 200, headers: 10, end: 20, ...more }
}

function operation(
  more: Partial<SessionOperation> = {},
  http: Partial<SessionOperation['http']> = {},
): SessionOperation {
  return {
    id: `${Math.random()}`,
    operationName: 'GET /a',
    kind: 'fetch',
    startTime: START,
    duration: 20,
    success: true,
    outcome: 'ok',
    http: { method: 'GET', url: 'http://app.test/a', status: 200, ...http },
    documentId: 'd',
    frameId: 0,
    ...more,
  }
}

function faultsOf(
  requests: LoggedRequest[],
  operations: SessionOperation[],
  networkRequests: NetworkRequest[] = [],
): string[] {
  const session = { operations, networkRequests } as unknown as SessionFile
  return compare(loggedCalls(requests), session).faults.map(({ fault }) => fault)
}

test('finds nothing wrong where log and session agree', () => {
  const later = { startTime: START + 300 }
  expect(faultsOf([logged(), logged(later)], [operation(later), operation()])).toEqual([])
  expect(faultsOf([logged({ url: 'http://app.test/a#part' })], [operation()])).toEqual([])
  const secret = 'http://app.test/a?token=REDACTED'
  expect(faultsOf([logged({ url: 'http://app.test/a?token=abc' })], [operation({}, { url: secret })])).toEqual([])
})

test('takes a streamed response for that of the fetch or XHR that asked for it', () => {
  for (const type of ['Fetch', 'XHR']) {
    const devtools = { type: type.toLowerCase() } as NetworkRequest
    expect(faultsOf([logged({ type })], [operation({ kind: 'stream' }, { devtools })])).toEqual([])
    expect(faultsOf([logged({ type: 'EventSource' })], [operation({ kind: 'stream' }, { devtools })])).toEqual([
      'missing',
      'twice',
    ])
  }
})

test('reports what is missing and what is there twice', () => {
  expect(faultsOf([logged(), logged()], [operation()])).toEqual(['missing'])
  expect(faultsOf([logged()], [operation(), operation()])).toEqual(['twice'])
  const apart = {
    type: 'fetch',
    method: 'GET',
    url: 'http://app.test/a',
    status: 200,
    startTime: START,
    duration: 1,
    phases: {},
  }
  expect(faultsOf([logged()], [operation()], [apart])).toEqual(['twice'])
  expect(faultsOf([logged()], [operation()], [{ ...apart, url: 'http://app.test/worker' }])).toEqual([])
  expect(faultsOf([logged()], [operation({ startTime: START + 60_000 })])).toEqual(['missing', 'twice'])
})

test('reports each figure that differs', () => {
  expect(faultsOf([logged()], [operation({}, { method: 'POST' })])).toEqual(['method'])
  expect(faultsOf([logged()], [operation({}, { url: 'http://app.test/b' })])).toEqual(['URL'])
  expect(faultsOf([logged()], [operation({}, { status: 304 })])).toEqual(['status'])
  expect(faultsOf([logged()], [operation({ outcome: 'failed' })])).toEqual(['outcome'])
  expect(faultsOf([logged()], [operation({ duration: 26 })])).toEqual(['duration'])
  expect(faultsOf([logged({ status: 404 })], [operation({}, { status: 404 })])).toEqual(['outcome'])
})

test('compares durations from when the browser made the request', () => {
  const call = operation({ startTime: START - 12, duration: 32 })
  expect(faultsOf([logged()], [call])).toEqual([])
  expect(
    compare(loggedCalls([logged()]), { operations: [call], networkRequests: [] } as unknown as SessionFile),
  ).toMatchObject({
    explained: 1,
    differences: [],
  })
  expect(faultsOf([logged()], [operation({ startTime: START - 12, duration: 14 })])).toEqual(['duration'])
  expect(faultsOf([logged()], [operation({ startTime: START - 12, duration: 38 })])).toEqual(['duration'])
  expect(faultsOf([logged()], [operation({ startTime: START + 2, duration: 26 })])).toEqual(['duration'])
})

test('expects a failure no later than the log has it', () => {
  const failed = logged({ error: 'net::ERR_INTERNET_DISCONNECTED' })
  const ours = (duration: number) => faultsOf([failed], [operation({ duration, outcome: 'failed' })])
  expect(ours(2)).toEqual([])
  expect(ours(26)).toEqual(['duration'])
})

test('knows calls that ended before there was a request', () => {
  const aborted = operation({ outcome: 'cancelled' })
  delete aborted.http?.status
  expect(faultsOf([], [aborted])).toEqual([])
  expect(faultsOf([], [operation()])).toEqual(['twice'])
})

test('expects what a page leaves behind to be cancelled', () => {
  const documents = [START - 100, START + 50].map(startTime => logged({ type: 'Document', frameId: 'top', startTime }))
  const left: LoggedRequest = logged()
  delete left.end
  delete left.status
  const outcomes = (requests: LoggedRequest[]) => loggedCalls(requests).map(call => call.outcomes)
  expect(outcomes([...documents, left])).toEqual([['cancelled']])
  expect(outcomes([left])).toEqual([['pending']])
  // A frame that is loaded leaves the page where it is.
  expect(
    outcomes([
      documents[0] as LoggedRequest,
      logged({ type: 'Document', frameId: 'frame', startTime: START + 50 }),
      left,
    ]),
  ).toEqual([['pending']])
  const socket = logged({ type: 'WebSocket', status: 101, end: 60 })
  expect(outcomes([...documents, socket])).toEqual([['cancelled']])
  expect(outcomes([socket])).toEqual([['ok']])
})
