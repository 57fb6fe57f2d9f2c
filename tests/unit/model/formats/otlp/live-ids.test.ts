// Test (Node): a session that is sent while it is recorded has the ids that its file has, so a backend knows what it has.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSpanMessages } from '../../../../../model/formats/otlp/otlp-spans-writer.ts'
import type { Row } from '../../../../../model/numbers.ts'
import { SessionModel } from '../../../../../model/session/session-model.ts'
import { columnsOf, documentOf, TIME_ORIGIN } from '../../operation-rows.ts'
import { exported, imported } from '../session/imported.ts'
import { written } from '../written.ts'
import { readOtlpProtobuf } from './otlp-reader.ts'

/** Trace, span and parent of each operation. */
function idsIn(...messages: Uint8Array[]): string[] {
  const ids: string[] = []
  for (const message of messages) {
    JSON.stringify(readOtlpProtobuf(message, 'spans'), (key, value) => {
      if (key === 'spans') {
        for (const { traceId, spanId, parentSpanId } of value) ids.push([traceId, spanId, parentSpanId].join(' '))
      }
      return value
    })
  }
  return ids.toSorted()
}

test('the ids of spans are those of the file, wherever a message ends and a page is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ document: fc.nat(3), frameId: fc.nat(1), operations: fc.array(fc.nat(3), { maxLength: 5 }) }),
        { minLength: 1, maxLength: 6 },
      ),
      async batches => {
        const session = new SessionModel(TIME_ORIGIN)
        const send = createSpanMessages(session, { name: 'test', version: '1' })
        const messages: Uint8Array[] = []
        let id = 0
        let sent = 0
        for (const { document: number, frameId, operations } of batches) {
          const document = documentOf({
            stream: `stream ${number}.${frameId}`,
            documentId: `document ${number}.${frameId}`,
            frameId,
            url: `https://shop.example/${number}`,
            timeOrigin: TIME_ORIGIN + number,
          })
          const rows = operations.map(back => {
            id++
            const parent = back === 0 || back >= id ? 0 : id - back
            return { id, name: `operation ${id}`, outcome: 'ok' as const, start: id, duration: 1, parent }
          })
          const batch = { operations: [{ source: 1, columns: columnsOf(rows) }], memory: [], snapshots: [], losses: [] }
          session.apply({ type: 'batch', document, batch })
          const { length } = session.operations
          const unsent = Array.from({ length: length - sent }, (_, i) => (sent + i) as Row)
          if (unsent.length > 0) messages.push(send(unsent, sent === 0))
          sent = length
        }
        if (sent === 0) return
        const file = await imported(await exported(session))
        expect(idsIn(...messages)).toEqual(idsIn(written(file, 'otlp-protobuf')))
      },
    ),
    { numRuns: 40 },
  )
})
