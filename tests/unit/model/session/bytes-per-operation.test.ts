// Test (Node): what a session takes of the memory outside of the JS heap, where all that grows with its operations is.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { SessionModel } from '../../../../model/session/session-model.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../operation-rows.ts'

const OPERATIONS = 30_000
const PER_BATCH = 600

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function bufferBytes(): number {
  collect()
  collect()
  return process.memoryUsage().arrayBuffers
}

const timeOf = (id: number): number => id * 3 + 0.1

/** Every third is a request, with all that Resource Timing says of one. */
function rowOf(id: number): TestRow {
  const row = { id, outcome: 'ok' as const, start: timeOf(id), duration: 40.3 + (id % 97) / 7 }
  if (id % 3 > 0) return { ...row, name: `work ${id % 20}` }
  const phases = { queued: 0.3 + (id % 7) / 9, wait: 30 + (id % 31) / 7, receive: 9 + (id % 11) / 3 }
  const sizes = { transferSize: 900 + id, encodedBodySize: 600 + id, decodedBodySize: 2_400 + id }
  const known = { status: 200, headersDuration: phases.queued + phases.wait, protocol: 'h2', ...sizes, phases }
  const http = { method: 'GET', url: `https://shop.example/api/${id % 20}`, ...known }
  return { ...row, name: `GET /api/${id % 20}`, kind: 'fetch', detail: { http } }
}

function devtoolsOf({ start, duration = 0, detail }: TestRow): NetworkRequest[] {
  const { http } = detail ?? {}
  if (!http) return []
  const { method, url, phases = {} } = http
  const stack = ['load (https://shop.example/app.js:10:20)', 'start (https://shop.example/app.js:1:1)']
  return [
    {
      ...{ method, url, phases, duration, status: 200, type: 'fetch', startTime: Math.floor(TIME_ORIGIN + start) },
      ...{ protocol: 'h2', transferSize: 1_300, responseHeadersSize: 310, requestHeadersSize: 412, bodySize: 900 },
      ...{ mimeType: 'application/json', cacheControl: 'no-store', priority: 'High' },
      initiator: { type: 'script', stack },
    },
  ]
}

test.each([
  { kind: 'as the page reports them', withDevtools: false, most: 110 },
  { kind: 'joined to what DevTools saw', withDevtools: true, most: 125 },
])('operations take few bytes of typed arrays: $kind', ({ withDevtools, most }) => {
  const session = new SessionModel(TIME_ORIGIN)
  const before = bufferBytes()
  const document = documentOf()
  for (let first = 0; first < OPERATIONS; first += PER_BATCH) {
    const rows = Array.from({ length: PER_BATCH }, (_, i) => rowOf(first + i + 1))
    const batch = { operations: [{ source: 0, columns: columnsOf(rows) }], memory: [], snapshots: [], losses: [] }
    session.apply({ type: 'batch', document, batch: { ...batch, wallOffset: 0 } })
    if (withDevtools) session.apply({ type: 'network', requests: rows.flatMap(devtoolsOf) })
  }
  const bytes = (bufferBytes() - before) / OPERATIONS
  expect(session.operations.order.length).toBe(OPERATIONS)
  expect(session.network.unjoined).toBe(0)
  expect(bytes).toBeGreaterThan(30)
  expect(bytes).toBeLessThan(most)
})
