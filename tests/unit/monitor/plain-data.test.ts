import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clip,
  MAX_DEPTH,
  MAX_STRING_LENGTH,
  MAX_VALUES,
  toErrorData,
  toPlainData,
} from '../../../monitor/plain-data.ts'
import { retainedBytes } from './collected.ts'

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 8,
})

/** Values and levels of JSON data. */
function sizeOf(value: unknown): { values: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { values: 1, depth: 0 }
  const inner = Object.values(value).map(sizeOf)
  return {
    values: inner.reduce((sum, { values }) => sum + values, 1),
    depth: 1 + inner.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  }
}

test('makes JSON data of anything, within bounds', () => {
  fc.assert(
    fc.property(anything, value => {
      const plain = JSON.parse(JSON.stringify(toPlainData(value)))
      const { values, depth } = sizeOf(plain)
      // Each level that is cut says so with a value of its own; a class's name and a Map's pairs are values, too.
      expect(values).toBeLessThanOrEqual(2 * MAX_VALUES + MAX_DEPTH)
      expect(depth).toBeLessThanOrEqual(2 * MAX_DEPTH)
    }),
    { numRuns: 2_000 },
  )
})

test('copies JSON unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: MAX_DEPTH - 1 }), value => {
      fc.pre(sizeOf(value).values < MAX_VALUES)
      expect(JSON.parse(JSON.stringify(toPlainData(value)))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('does not change what it copies', () => {
  const value = { list: [1, { a: 'b' }], map: new Map([[1, 2]]) }
  const before = structuredClone(value)
  toPlainData(value)
  expect(value).toEqual(before)
})

describe('shows', () => {
  class Point {
    x = 1
  }
  class Shy extends Map<string, number> {
    override get size(): number {
      throw new Error('size')
    }
  }
  test.each<[string, unknown, unknown]>([
    ['undefined', undefined, '[undefined]'],
    ['NaN', Number.NaN, '[NaN]'],
    ['Infinity', -Infinity, '[-Infinity]'],
    ['a bigint', 12n, '[12n]'],
    ['a symbol', Symbol('s'), '[Symbol(s)]'],
    ['a function', () => {}, '[function]'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid date', new Date(Number.NaN), '[Invalid Date]'],
    ['an instance', new Point(), { '[class]': 'Point', x: 1 }],
    ['an object without prototype', Object.assign(Object.create(null), { x: 1 }), { x: 1 }],
    ['a Map', new Map([['a', 1]]), { '[Map]': [['a', 1]] }],
    ['a Map that hides its size', new Shy([['a', 1]]), { '[Map]': [['a', 1]] }],
    ['a Set', new Set([1]), { '[Set]': [1] }],
    ['bytes', new Uint8Array(3), '[Uint8Array of 3 bytes]'],
    ['a buffer', new ArrayBuffer(3), { '[class]': 'ArrayBuffer' }],
    ['a promise', Promise.resolve(1), { '[class]': 'Promise' }],
    // biome-ignore lint/suspicious/noSparseArray: as a page may have it
    ['holes', [1, , 2], [1, '[undefined]', 2]],
    ['a key that is no name', { ['__proto__']: 1, constructor: 2 }, JSON.parse('{"__proto__":1,"constructor":2}')],
    ['a toJSON', { toJSON: () => 'no', x: 1 }, { toJSON: '[function]', x: 1 }],
  ])('%s', (_, value, shown) => {
    expect(JSON.parse(JSON.stringify(toPlainData(value)))).toEqual(shown)
  })

  test.each<[string, string, unknown]>([
    ['a date', 'new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['an invalid date', 'new Date(NaN)', '[Invalid Date]'],
    ['a date of a subclass', 'new (class Day extends Date {})(0)', '1970-01-01T00:00:00.000Z'],
    ['a Map', 'new Map([["a", new Set([1])]])', { '[Map]': [['a', { '[Set]': [1] }]] }],
    ['a Map of a subclass', 'new (class Cache extends Map {})([[1, 2]])', { '[Map]': [[1, 2]] }],
    [
      'an error',
      'Object.assign(new RangeError("no"), { stack: "here" })',
      { name: 'RangeError', message: 'no', stack: 'here' },
    ],
    ['bytes', 'new Uint8Array(3)', '[Uint8Array of 3 bytes]'],
    ['an array', '[1, [2]]', [1, [2]]],
    ['an object', '({ x: 1 })', { x: 1 }],
    ['an instance', 'new (class Point { x = 1 })()', { '[class]': 'Point', x: 1 }],
  ])('%s of another realm', (_, source, shown) => {
    const value: unknown = runInNewContext(source)
    expect(JSON.parse(JSON.stringify(toPlainData(value)))).toEqual(shown)
    expect(JSON.parse(JSON.stringify(toPlainData({ value })))).toEqual({ value: shown })
  })

  test('instances of an app’s own classes that have the name of a built-in one', () => {
    for (const name of ['Date', 'Map', 'Set']) {
      const classes = {
        [name]: class {
          x = 1
        },
      }
      const Named = classes[name] as new () => object
      expect(toPlainData(new Named())).toEqual({ '[class]': name, x: 1 })
    }
  })

  test('a Proxy with endless prototypes', () => {
    const proxy: object = new Proxy({ x: 1 }, { getPrototypeOf: () => proxy })
    expect(toPlainData({ proxy })).toMatchObject({ proxy: { x: 1 } })
  })

  test('a repeated object, and marks a cycle', () => {
    const shared = { x: 1 }
    const value: Record<string, unknown> = { a: shared, b: shared }
    value.self = value
    value.deep = { up: [value] }
    expect(toPlainData(value)).toEqual({ a: { x: 1 }, b: { x: 1 }, self: '[circular]', deep: { up: ['[circular]'] } })
  })

  test('readable values beside unreadable ones', () => {
    let ran = 0
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const picky = new Proxy(
      { good: 1, bad: 2 },
      {
        getOwnPropertyDescriptor(target, key) {
          if (key === 'bad') throw new Error('no')
          return Reflect.getOwnPropertyDescriptor(target, key)
        },
      },
    )
    const value = {
      get computed() {
        return ++ran
      },
      revoked: revoked.proxy,
      picky,
      list: Object.defineProperty([1, 2], 1, { get: () => ++ran, enumerable: true }),
      plain: 'seen',
    }
    expect(toPlainData(value)).toEqual({
      computed: '[getter]',
      revoked: '[unreadable]',
      picky: { good: 1, bad: '[unreadable]' },
      list: [1, '[getter]'],
      plain: 'seen',
    })
    expect(ran).toBe(0)
  })
})

describe('says what is left out of', () => {
  test('a long list', () => {
    const shown = toPlainData(new Array(1_000_000).fill(0)) as unknown[]
    expect(shown).toHaveLength(MAX_VALUES)
    expect(shown.at(-1)).toBe(`[${1_000_000 - MAX_VALUES + 1} more]`)
  })

  test('a list of any length without items, without delay', () => {
    expect((toPlainData(new Array(4_000_000_000)) as unknown[]).length).toBeLessThanOrEqual(MAX_VALUES)
  })

  test('a large object', () => {
    const shown = toPlainData(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]))) as object
    expect(Object.keys(shown).length).toBeLessThanOrEqual(MAX_VALUES + 1)
    expect(Object.values(shown).at(-1)).toBe('[more]')
  })

  test('a deep object', () => {
    let value: object = {}
    for (let i = 0; i < 100_000; i++) value = { value }
    expect(JSON.stringify(toPlainData(value))).toContain('[Object]')
  })

  test('a long string and a long key', () => {
    const text = 'x'.repeat(10_000_000)
    const shown = JSON.stringify(toPlainData({ text, [text]: 1 }))
    expect(shown.length).toBeLessThan(3 * MAX_STRING_LENGTH)
    expect(shown).toContain(`[${10_000_000 - MAX_STRING_LENGTH} more characters]`)
  })

  test('a Map and a Set', () => {
    const numbers = Array.from({ length: 10_000 }, (_, i) => i)
    for (const value of [new Map(numbers.map(i => [i, i])), new Set(numbers)]) {
      expect(JSON.stringify(toPlainData(value))).toMatch(/\[\d+ more\]/)
    }
  })
})

describe('errors', () => {
  test('have name, message and stack', () => {
    const error = new TypeError('no')
    expect(toErrorData(error)).toEqual({ name: 'TypeError', message: 'no', stack: error.stack })
  })

  test.each<[unknown, string]>([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [{ code: 5 }, '{"code":5}'],
    [{ message: 5 }, '5'],
    [12n, '12'],
  ])('%s becomes the message', (thrown, message) => {
    expect(toErrorData(thrown)).toMatchObject({ name: 'Error', message })
  })

  test('show the readable parts of a hostile error', () => {
    const trap = (): never => {
      throw new Error('trap')
    }
    const hostile = (key: string): Error => Object.defineProperty(new TypeError('no'), key, { get: trap })
    expect(toErrorData(hostile('name'))).toMatchObject({ name: 'Error', message: 'no' })
    expect(toErrorData(hostile('stack'))).toEqual({ name: 'TypeError', message: 'no' })
    expect(toErrorData(hostile('message'))).toMatchObject({ name: 'TypeError', message: '[unreadable]' })
    expect(toErrorData(new Proxy({}, { has: trap, get: trap }))).toEqual({ name: 'Error', message: '[unreadable]' })
    expect(toErrorData({ message: { toString: trap } })).toMatchObject({ message: '[unreadable]' })
  })

  test('are text for any value', () => {
    fc.assert(
      fc.property(anything, thrown => {
        const { name, message } = toErrorData(thrown)
        expect([typeof name, typeof message]).toEqual(['string', 'string'])
        expect(message.length).toBeLessThan(MAX_STRING_LENGTH + 50)
      }),
    )
  })
})

test('makes text well-formed', () => {
  const isWellFormed = (text: string): boolean =>
    !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(3), (text, length) => {
      // Its bound lies anywhere in it.
      const long = `${'x'.repeat(MAX_STRING_LENGTH - length)}${text}`
      const error = Object.assign(new Error(long), { name: text })
      for (const value of [text, long, [long], { [long]: text }, error, new Map([[text, long]])]) {
        expect(isWellFormed(JSON.parse(`"${JSON.stringify(toPlainData(value)).replaceAll('"', '')}"`))).toBe(true)
      }
      for (const value of Object.values(toErrorData(error))) expect(isWellFormed(value)).toBe(true)
    }),
  )
})

test('releases the rest of a clipped string', async () => {
  const before = await retainedBytes()
  const kept = Array.from({ length: 50 }, (_, i) => clip(Buffer.alloc(1_000_000, 65 + i).toString('latin1')))
  expect((await retainedBytes()) - before).toBeLessThan(5_000_000)
  expect(kept).toHaveLength(50)
})
