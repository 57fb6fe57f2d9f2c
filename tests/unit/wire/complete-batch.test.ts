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
  completeBatch(batch, 'host')
  expect(JSON.stringify(batch)).not.toContain('s3cret')
  expect(columns.strings[2]).toBe('token=mine')
  expect(columns.details[2]).toEqual([2, { metadata: { note: 'kept' } }])
})

test('names requests by method and path, and by host outside of the page', () => {
  const requests = [
    'GET https://page.example/app/users?page=1#top',
    'POST https://other.example:8080/a?x',
    'DELETE https://page.example',
    'WS wss://page.example/socket',
    'GET ',
    `GET data:text/plain,${'x'.repeat(100)}`,
    'https://page.example/remembered',
  ]
  const columns = createOperationColumns(requests.length)
  columns.kind.fill(KINDS.indexOf('fetch'))
  columns.name.set(requests.map((_, i) => i))
  columns.strings.push(...requests)
  completeBatch({ operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }, 'page.example')
  expect(columns.strings).toEqual([
    'GET /app/users',
    'POST other.example:8080/a',
    'DELETE /',
    'WS /socket',
    'GET (unknown URL)',
    `GET data:text/plain,${'x'.repeat(44)}`,
    '/remembered',
  ])
})
