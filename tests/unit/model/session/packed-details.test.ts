import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DETAIL_FIELDS, declaredText } from '../../../../model/operation-fields.ts'
import { CHUNK_SIZE, MAX_SHARED_TEXTS, PackedDetails } from '../../../../model/session/packed-details.ts'
import { StringTable } from '../../../../model/session/string-table.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import type { OperationDetail } from '../../../../wire/operations.ts'

/** Lone surrogates too: a page can choose any name. */
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('GET', 'h2', '\ud800', '"\\\n'))
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(), fc.maxSafeInteger())
const optional = { requiredKeys: [] as [] }
const phases = fc.record({ queued: number, dns: number, wait: number, receive: number }, optional)
const devtools = fc.record(
  {
    url: text,
    method: text,
    status: number,
    type: text,
    startTime: number,
    duration: number,
    unfinished: fc.constant(true as const),
    phases,
    etag: text,
    mimeType: text,
    serviceWorker: fc.boolean(),
    initiator: fc.record({ type: text, stack: fc.array(text) }, { requiredKeys: ['type'] }),
  },
  { requiredKeys: ['url', 'method', 'status', 'type', 'startTime', 'duration', 'phases'] },
) as fc.Arbitrary<NetworkRequest>
const detail: fc.Arbitrary<OperationDetail> = fc.record(
  {
    error: fc.record({ name: text, message: text, stack: text }, { requiredKeys: ['name'] }),
    metadata: fc.jsonValue(),
    http: fc.record(
      {
        method: text,
        url: text,
        async: fc.constant(false as const),
        headersDuration: number,
        phases,
        stack: fc.array(text),
        devtools,
      },
      { requiredKeys: ['method', 'url'] },
    ),
  },
  optional,
)

test('returns details as JSON would, and the same JSON as is written of the object', () => {
  fc.assert(
    fc.property(fc.array(detail, { maxLength: 20 }), all => {
      const packed = new PackedDetails(new StringTable())
      const places = all.map(each => packed.add(each))
      for (const [i, place] of places.entries()) {
        const expected = declaredText(all[i] as OperationDetail, DETAIL_FIELDS)
        expect(packed.textOf(place)).toBe(expected)
        expect(packed.get(place)).toEqual(JSON.parse(expected))
      }
    }),
  )
})

test('keeps details that are larger than a chunk, and frees chunks without any', () => {
  const packed = new PackedDetails(new StringTable())
  const large = { metadata: 'ä'.repeat(CHUNK_SIZE) }
  const [first, small, last] = [packed.add(large), packed.add({ metadata: 'small' }), packed.add(large)]
  expect(packed.get(first)).toEqual(large)
  expect(packed.get(small)).toEqual({ metadata: 'small' })
  expect(packed.get(last)).toEqual(large)
  const held = packed.byteLength
  packed.remove(first)
  expect(packed.byteLength).toBeLessThan(held / 1.4)
  expect(packed.get(small)).toEqual({ metadata: 'small' })
})

test('moves details that do not fit into the rest of a chunk', () => {
  const packed = new PackedDetails(new StringTable())
  const details = Array.from({ length: 40 }, (_, i) => ({
    error: { name: 'Error' },
    metadata: [i, 'x'.repeat(CHUNK_SIZE / 7 + i)],
  }))
  const places = details.map(each => packed.add(each))
  expect(places.map(place => packed.get(place))).toEqual(details)
})

test('shares a bounded number of texts, and loses none of the others', () => {
  const strings = new StringTable()
  const packed = new PackedDetails(strings)
  const errorOf = (i: number) => ({ error: { name: 'Error', message: `request ${i} failed` } })
  const places = Array.from({ length: MAX_SHARED_TEXTS + 100 }, (_, i) => packed.add(errorOf(i)))
  expect(strings.size).toBe(MAX_SHARED_TEXTS)
  for (const i of [0, MAX_SHARED_TEXTS - 2, MAX_SHARED_TEXTS, MAX_SHARED_TEXTS + 99]) {
    expect(packed.get(places[i] as number)).toEqual(errorOf(i))
  }
  const long = { error: { name: 'Error', stack: 'at f\n'.repeat(100_000) } }
  expect(packed.get(packed.add(long))).toEqual(long)
  expect(strings.size).toBe(MAX_SHARED_TEXTS)
})
