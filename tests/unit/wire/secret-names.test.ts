// Test (Node): what the user has called secret is in no URL and no name of a batch.
import { expect, test } from 'vitest'
import type { RawBatch } from '../../../wire/batch.ts'
import { createOperationColumns, KINDS, type RawOperationColumns } from '../../../wire/operations.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import { createRawRequestColumns } from '../../../wire/request-columns.ts'
import { EVERY_NAME, redactBatch, secretNamesOf } from '../../../wire/secret-names.ts'

const names = secretNamesOf({ redactedParameters: ['Voucher', '…', ''] })

test('reads names as they are compared, without those that have no letter', () => {
  expect([...names]).toEqual(['voucher'])
})

test('redacts requests, connections and their names, and leaves alone what a page named itself', () => {
  const requests = createOperationColumns(1, createRawRequestColumns(1))
  requests.kind.fill(KINDS.indexOf('fetch'))
  requests.requests?.methods.push('GET')
  requests.requests?.urls.push('https://host/a;voucher=s3cret?voucher=s3cret')
  requests.strings.push('GET /a;voucher=s3cret')
  const others = createOperationColumns(2)
  others.kind.set([KINDS.indexOf('websocket'), KINDS.indexOf('custom')])
  others.name.set([0, 1])
  others.strings.push('WS /;voucher=s3cret', 'voucher=mine')
  others.details.push([
    1,
    { error: { name: 'Error', message: 'no /a?voucher=s3cret', stack: 'at /a?voucher=s3cret:1:2' } },
  ])
  const counts = { messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  others.details.push([0, { connection: { ...counts, url: 'wss://host/?voucher=s3cret' } }])
  const operations = [requests, others].map((columns, source) => ({ source, columns }))
  const batch: RawBatch = { operations, memory: [], snapshots: [], losses: [] }
  redactBatch(batch, names)
  expect(JSON.stringify(batch)).not.toContain('s3cret')
  expect(others.strings[1]).toBe('voucher=mine')
})

test('reads each name once, however many operations have it', () => {
  const columns: RawOperationColumns = createOperationColumns(1_000)
  columns.kind.fill(KINDS.indexOf('websocket'))
  columns.name.set(columns.name.map((_, row) => row % 2))
  const written: string[] = []
  const strings = ['WS /?voucher=a', 'WS /?voucher=b', 'WS /?voucher=c']
  columns.strings = new Proxy(strings, {
    set: (target, index, value) => written.push(String(index)) > 0 && Reflect.set(target, index, value),
  })
  const batch: RawBatch = { operations: [{ source: 0, columns }], memory: [], snapshots: [], losses: [] }
  redactBatch(batch, names)
  expect(written).toEqual(['0', '1'])
  columns.requests = { ...createRawRequestColumns(1_000), urls: ['/', '/', '/'] }
  redactBatch(batch, names)
  expect(written).toEqual(['0', '1', '0', '1', '2'])
  expect(strings).toEqual(['WS /?voucher=REDACTED', 'WS /?voucher=REDACTED', 'WS /?voucher=REDACTED'])
})

test('takes every parameter for secret until the names are known', () => {
  expect(redactUrl('https://host/a?b=1&c=2', EVERY_NAME)).toBe('https://host/a?b=REDACTED&c=REDACTED')
  expect(EVERY_NAME.size).toBeGreaterThan(0)
})
