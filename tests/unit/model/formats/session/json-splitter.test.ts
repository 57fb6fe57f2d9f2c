import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJsonSplitter, MAX_DEPTH } from '../../../../../model/formats/session/json-splitter.ts'
import { exported, richSession } from './imported.ts'

/** Puts the pieces together again. */
function splitUp(bytes: Uint8Array, sizes: readonly number[], rowsPerRun: number): unknown {
  const found: [string, unknown][] = []
  const splitter = createJsonSplitter(
    {
      onValue: (key, text) => found.push([key, JSON.parse(text)]),
      onRows(key, first, text) {
        const rows = JSON.parse(`[${text}]`) as unknown[]
        if (first === 0) found.push([key, rows])
        else {
          const list = found.at(-1)?.[1] as unknown[]
          expect(list).toHaveLength(first)
          list.push(...rows)
        }
      },
    },
    { rowsPerRun },
  )
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    splitter.add(bytes.subarray(at, at + size))
    at += size
  }
  splitter.end()
  return Object.fromEntries(found)
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
const json = fc.tuple(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), fc.constantFrom(0, 1, '\t'))

test('splits any object in any chunks into pieces that add up to it', () => {
  fc.assert(
    fc.property(json, sizes, fc.integer({ min: 1, max: 5 }), ([object, indent], chunks, rowsPerRun) => {
      const text = ` \n${JSON.stringify(object, null, indent)}\n`
      const expected = JSON.parse(text) as object
      expect(splitUp(new TextEncoder().encode(text), chunks, rowsPerRun)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('refuses what JSON.parse refuses', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '1', ' ', '\\', 'null'))
      .map(parts => parts.join('')),
    fc
      .tuple(json, fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '{', '1'))
      .map(([[object], at, replacement]) => {
        const whole = JSON.stringify(object)
        return whole.slice(0, at % whole.length) + replacement + whole.slice((at % whole.length) + 1)
      }),
  )
  fc.assert(
    fc.property(text, sizes, fc.integer({ min: 1, max: 3 }), (some, chunks, rowsPerRun) => {
      // Half characters have no UTF-8.
      const given = new TextDecoder().decode(new TextEncoder().encode(some))
      let expected: unknown
      try {
        expected = JSON.parse(given)
      } catch {
        expected = undefined
      }
      const isObject = typeof expected === 'object' && expected !== null && !Array.isArray(expected)
      const split = (): unknown => splitUp(new TextEncoder().encode(given), chunks, rowsPerRun)
      // A key that stands twice is for the reader to refuse.
      if (!isObject) expect(split).toThrow(SyntaxError)
      else expect(split()).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('accepts a damaged session file in any chunks exactly if JSON.parse returns an object', async () => {
  const bytes = new Uint8Array(await (await exported(richSession())).arrayBuffer())
  const damages = fc.array(
    fc.record({
      at: fc.nat(bytes.length - 1),
      remove: fc.nat(3),
      insert: fc.oneof(
        fc
          .constantFrom('', '"', '\\', ',', ':', '{', '}', '[', ']', '\n', '0', 'null', '\u0000', 'é', '\u{1f600}')
          .map(text => new TextEncoder().encode(text)),
        // Bytes that are no UTF-8 by themselves.
        fc.uint8Array({ maxLength: 2 }),
      ),
    }),
    { maxLength: 2 },
  )
  const borders = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 8 })
  let [taken, refused] = [0, 0]
  fc.assert(
    fc.property(damages, borders, fc.integer({ min: 1, max: 4 }), (changes, chunks, rowsPerRun) => {
      let damaged = bytes
      for (const { at, remove, insert } of changes) {
        damaged = Uint8Array.of(...damaged.slice(0, at), ...insert, ...damaged.slice(at + remove))
      }
      const split = (): unknown => splitUp(damaged, chunks, rowsPerRun)
      const expected = parsedObject(damaged)
      if (expected === undefined) {
        refused++
        expect(split).toThrow(SyntaxError)
      } else {
        taken++
        expect(split()).toEqual(expected)
      }
    }),
    { numRuns: 1_000 },
  )
  expect(Math.min(taken, refused)).toBeGreaterThan(100)
})

/** What JSON.parse makes of bytes, where that is an object. */
function parsedObject(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

test('refuses deep nesting, incomplete characters and truncated text, and says where', () => {
  const split = (text: string | Uint8Array) => () =>
    splitUp(typeof text === 'string' ? new TextEncoder().encode(text) : text, [7], 2)
  expect(split(`{"a":[1,${'['.repeat(MAX_DEPTH)}`)).toThrow(`a[1] is nested deeper than ${MAX_DEPTH} levels`)
  expect(split('{"rows":[1,2,{"x":')).toThrow('it is cut off within rows[2]')
  expect(split('{"rows":[1,2],"head":{')).toThrow('it is cut off within head')
  expect(split('')).toThrow('it is empty')
  expect(split('[1]')).toThrow('[ where { should be, at byte 0')
  expect(split(Uint8Array.of(...new TextEncoder().encode('{"a":"'), 0xff, ...new TextEncoder().encode('"}')))).toThrow(
    "a isn't UTF-8",
  )
  expect(split('\ufeff{"a":1}')()).toEqual({ a: 1 })
})
