import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DocumentNumber, Row, SourceId } from '../../../../model/numbers.ts'
import { DetailStore, MAX_RECENT } from '../../../../model/session/detail-store.ts'
import { OperationTable } from '../../../../model/session/operation-table.ts'
import { recordOperations } from '../../../../model/session/record-operations.ts'
import { StringTable } from '../../../../model/session/string-table.ts'
import type { OperationDetail } from '../../../../wire/operations.ts'
import { columnsOf } from '../operation-rows.ts'

/** As JSON has it: -0 is 0 there. */
const metadata = fc.jsonValue({ noUnicodeString: false }).map(value => JSON.parse(JSON.stringify(value)) as unknown)

test('returns what was set last, however many other details were set since', () => {
  const changes = fc.array(fc.record({ row: fc.nat(30).map(row => row as Row), metadata: fc.option(metadata) }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(changes, fc.nat(60), (all, packedAfter) => {
      const store = new DetailStore(new StringTable())
      const naive = new Map<Row, OperationDetail>()
      for (const [i, { row, metadata }] of all.entries()) {
        if (i === packedAfter) packAll(store)
        if (metadata === null) {
          store.delete(row)
          naive.delete(row)
        } else {
          store.set(row, { metadata })
          naive.set(row, { metadata })
        }
      }
      packAll(store)
      for (let row = 0 as Row; row <= 31; row++) expect(store.get(row)).toEqual(naive.get(row))
    }),
    { numRuns: 30 },
  )
})

/** So many others come after them that they are packed. */
function packAll(store: DetailStore): void {
  for (let row = 1_000 as Row; row < 1_000 + MAX_RECENT; row++) store.set(row, {})
}

const ORIGIN = { document: 0 as DocumentNumber, source: 1 as SourceId, timeOrigin: 0 }

test('keeps what lists and filters ask of requests in columns', () => {
  const table = new OperationTable()
  const http = { method: 'POST', url: 'https://shop.example/cart', status: 201, transferSize: 512 }
  const connection = { url: 'wss://shop.example/live', messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  const rows = [
    { id: 1, name: 'a', outcome: 'ok', start: 0, duration: 1 },
    { id: 2, name: 'b', kind: 'fetch', outcome: 'pending', start: 1, detail: { http: { method: '', url: http.url } } },
    { id: 3, name: 'c', kind: 'websocket', outcome: 'pending', start: 2, detail: { connection } },
  ] as const
  recordOperations(table, ORIGIN, columnsOf(rows))
  const { requests } = table
  const fieldsOf = (index: number) => {
    const row = index as Row
    return [requests.methodOf(row), requests.urlOf(row), requests.statusOf(row), requests.sizeOf(row)]
  }
  expect(fieldsOf(0)).toEqual([undefined, undefined, undefined, undefined])
  expect(fieldsOf(1)).toEqual([undefined, http.url, undefined, undefined])
  expect(fieldsOf(2)).toEqual([undefined, connection.url, undefined, undefined])
  recordOperations(table, ORIGIN, columnsOf([{ ...rows[1], outcome: 'ok', duration: 5, detail: { http } }]))
  expect(fieldsOf(1)).toEqual(['POST', http.url, 201, 512])
})
