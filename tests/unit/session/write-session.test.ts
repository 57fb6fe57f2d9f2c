import { expect, test } from 'vitest'
import type { SessionHead, SessionOperation } from '../../../session/format.ts'
import { ROWS_PER_PART, writeSession } from '../../../session/write-session.ts'

const head: SessionHead = {
  format: 'perf-session',
  version: 2,
  generator: { name: 'test', version: '0' },
  createdAt: '2026-11-23T12:00:00.000Z',
  page: { url: 'https://page.example/', title: '"quoted" \u2028 </script>', userAgent: '' },
  availability: { memory: 'not available' },
}
const metrics = {
  totalOperations: 0,
  successfulOperations: 0,
  failedOperations: 0,
  cancelledOperations: 0,
  averageDuration: 0,
  maxDuration: 0,
  minDuration: 0,
  p50: undefined,
  p95: undefined,
  p99: undefined,
  pendingOperations: 0,
}
const lists = { documents: [], operations: [], networkRequests: [], memory: [], snapshots: [], marks: [], gaps: [] }

function operation(i: number): SessionOperation {
  const names = { id: `${i}`, operationName: `load ${i}`, documentId: 'd' }
  return { ...names, kind: 'custom', startTime: i, success: false, outcome: 'pending', frameId: 0 }
}

test.each([0, 1, ROWS_PER_PART - 1, ROWS_PER_PART, ROWS_PER_PART + 1, ROWS_PER_PART * 2])(
  'writes %i rows as one JSON object with all that it was given',
  count => {
    const operations = Array.from({ length: count }, (_, i) => operation(i))
    const text = [...writeSession({ ...head, ...lists, operations, metrics })].join('')
    expect(JSON.parse(text)).toEqual({ ...head, ...lists, operations, metrics: JSON.parse(JSON.stringify(metrics)) })
  },
)

test('reads no row before its part is requested, and no part is larger than its rows', () => {
  let read = 0
  function* operations(): Generator<SessionOperation, void> {
    for (let i = 0; i < ROWS_PER_PART * 3; i++) {
      read++
      yield operation(i)
    }
  }
  const parts = writeSession({ ...head, ...lists, operations: operations(), metrics })
  parts.next()
  parts.next()
  expect(read).toBe(0)
  for (let part = 1; part <= 3; part++) {
    parts.next()
    expect(read).toBe(ROWS_PER_PART * part)
  }
})
