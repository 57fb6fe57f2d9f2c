// Test (Node): no secret of a URL is left in a batch, and what a page named itself is left alone.
import { expect, test } from 'vitest'
import type { Batch } from '../../../wire/batch.ts'
import { completeBatch } from '../../../wire/complete-batch.ts'
import { createOperationColumns, KINDS } from '../../../wire/operations.ts'

test('redacts the URLs of requests and connections, and the names made from them', () => {
  const columns = createOperationColumns(3)
  columns.kind.set([KINDS.indexOf('fetch'), KINDS.indexOf('websocket'), KINDS.indexOf('custom')])
  columns.name.set([0, 1, 2])
  columns.strings.push('GET foo://bob:s3cret@host/?token=s3cret', 'WS /a', 'token=mine')
  const connection = { messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  columns.details.push(
    [0, { http: { method: 'GET', url: 'https://bob:s3cret@host/?token=s3cret' } }],
    [1, { connection: { ...connection, url: 'wss://host/a?api_key=s3cret' } }],
    [2, { metadata: { note: 'kept' } }],
  )
  const batch: Batch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
  completeBatch(batch)
  expect(JSON.stringify(batch)).not.toContain('s3cret')
  expect(columns.strings[2]).toBe('token=mine')
  expect(columns.details[2]).toEqual([2, { metadata: { note: 'kept' } }])
})
