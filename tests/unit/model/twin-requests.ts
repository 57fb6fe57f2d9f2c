// Test: two calls of one moment to one URL, and DevTools' two requests for them. The page reports no end of them, so nothing shows
// which request is whose.
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import type { LogEntry } from '../../../wire/log.ts'
import type { NetworkRequest } from '../../../wire/network.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from './operation-rows.ts'

const TWINS = [1, 2]
const REQUEST = { method: 'GET', url: 'https://shop.example/twin' }

/** Batch with both calls as they are now. */
export function twinCalls(change: Pick<TestRow, 'outcome'> & Partial<TestRow>, time = 200): LogEntry {
  const rows = TWINS.map((id): TestRow => {
    return { id, name: 'GET /twin', kind: 'fetch', start: 100 + id / 10, detail: { http: REQUEST }, ...change }
  })
  const batch = { operations: [{ source: 0, columns: columnsOf(rows) }], memory: [], snapshots: [], losses: [] }
  return { type: 'batch', document: documentOf(), batch: { ...batch, time, wallOffset: 0 } }
}

/** They end after 151 and 152 ms. */
export function twinRequests(change: Partial<NetworkRequest> = {}): LogEntry {
  const requests = TWINS.map((i): NetworkRequest => {
    const times = { startTime: TIME_ORIGIN + 100, duration: 50 + i, phases: { queued: i + 0.25 } }
    return { ...REQUEST, type: 'fetch', status: 200, ...times, ...change }
  })
  return { type: 'network', requests }
}

/** Of each call: how it ended, how sure its request is, and how long that took. */
export function twinMatches({ operations }: SessionModel): unknown[] {
  return TWINS.map((_, row) => {
    const { match, devtools } = operations.details.get(row as Row)?.http ?? {}
    return [operations.outcomeOf(row as Row), match, devtools?.duration]
  })
}

export const UNDECIDED_TWINS = TWINS.map(() => ['pending', undefined, undefined])
export const GUESSED_TWINS = TWINS.map(i => ['ok', 'inferred', 50 + i])
