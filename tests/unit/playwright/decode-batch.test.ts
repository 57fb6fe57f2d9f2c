import { expect, test } from 'vitest'
import { decodeBatch } from '../../../playwright/decode-batch.ts'

const base64 = (array: ArrayBufferView): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')

test('turns the columns of a batch into typed arrays again, NaN included', () => {
  const duration = Float64Array.of(1.5, Number.NaN)
  const columns = {
    id: base64(Uint32Array.of(1, 2)),
    outcome: base64(Uint8Array.of(0, 3)),
    duration: base64(duration),
    strings: ['id', 'name'],
    details: [[0, { metadata: { id: 'AAAA', start: 'AAAA' } }]],
    requests: { callDuration: base64(Float32Array.of(0.25, 2)), urls: ['AAAA'] },
  }
  const decoded = decodeBatch({ operations: [{ source: 0, columns }], losses: [{ reason: 'buffer-full', count: 1 }] })
  expect(decoded.operations[0]?.columns).toEqual({
    ...columns,
    id: Uint32Array.of(1, 2),
    outcome: Uint8Array.of(0, 3),
    duration,
    requests: { callDuration: Float32Array.of(0.25, 2), urls: ['AAAA'] },
  })
})

test('leaves what is no column as it is', () => {
  const columns = { id: 7, start: null, duration: '*' }
  expect(decodeBatch({ operations: [{}, { columns: { ...columns } }] }).operations[1]?.columns).toEqual({
    ...columns,
    duration: new Float64Array(),
  })
})
