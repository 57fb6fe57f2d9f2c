import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteWriter } from '../../../../../model/formats/session/byte-writer.ts'
import { createOperationWriter } from '../../../../../model/formats/session/operation-writer.ts'
import { operationRow } from '../../../../../model/formats/session/session-source.ts'
import type { Row } from '../../../../../model/numbers.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import type { OperationDetail } from '../../../../../wire/operations.ts'
import { columnsOf, documentOf, type TestRow, TIME_ORIGIN } from '../../operation-rows.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const time = fc.double({ min: 0, max: 1e7, noNaN: true }).map(value => Math.round(value * 10) / 10)
const count = fc.nat()
const detail: fc.Arbitrary<OperationDetail> = fc.oneof(
  fc.record({ metadata: fc.jsonValue() }),
  fc.record({ error: fc.record({ name: text, message: text }) }),
  fc.record({
    connection: fc.record({ url: text, messagesIn: count, bytesIn: count, messagesOut: count, bytesOut: count }),
  }),
  fc.record({ http: fc.record({ method: text, url: text, status: fc.constant(200) }), metadata: fc.jsonValue() }),
  fc.constant({}),
)
const row = fc.record({
  name: text,
  kind: fc.constantFrom('custom', 'fetch', 'xhr', 'websocket' as const),
  outcome: fc.constantFrom('ok', 'failed', 'cancelled', 'pending' as const),
  start: time,
  duration: fc.oneof(time, fc.double({ min: 0, max: 1e6, noNaN: true })),
  parent: fc.nat(3),
  detail: fc.option(detail, { nil: undefined }),
})
/** Rows of several sources of several documents. */
const batches = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.array(row, { maxLength: 12 })), { maxLength: 6 })

test('writes the same bytes as JSON.stringify of the row', () => {
  fc.assert(
    fc.property(batches, given => {
      const session = new SessionModel(TIME_ORIGIN)
      let id = 0
      for (const [number, source, rows] of given) {
        const document = documentOf({ stream: `s"${number}`, frameId: number })
        const columns = columnsOf(
          rows.map(({ outcome, duration, detail, ...rest }): TestRow => {
            const ended = outcome === 'pending' ? {} : { duration }
            return { ...rest, id: ++id, outcome, ...ended, ...(detail ? { detail } : {}) }
          }),
        )
        session.apply({
          type: 'batch',
          document,
          batch: { operations: [{ source, columns }], memory: [], snapshots: [], losses: [] },
        })
      }
      const writer = new ByteWriter()
      const write = createOperationWriter(session, writer)
      for (let row = 0 as Row; row < session.operations.length; row++) {
        write(row)
        expect(new TextDecoder().decode(writer.take())).toBe(`,\n${JSON.stringify(operationRow(session, row))}`)
      }
    }),
  )
})
