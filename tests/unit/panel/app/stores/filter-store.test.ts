import { signal } from '@preact/signals'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RowTest } from '../../../../../model/filter/compile.ts'
import type { Row } from '../../../../../model/numbers.ts'
import { createFilterStore, type KindGroup } from '../../../../../panel/app/stores/filter-store.ts'
import { KINDS } from '../../../../../wire/operations.ts'
import { sessionOf } from '../../../model/operation-rows.ts'

const session = sessionOf(KINDS.map((kind, start) => ({ kind, name: `a ${kind}`, outcome: 'ok', start, duration: 1 })))
const GROUPS: readonly KindGroup[] = ['requests', 'connections', 'custom', 'other']

/** A filter, and the kinds that it shows of a session with an operation of each. */
function createStore() {
  const view = { filter: signal<RowTest | null>(null), withOthers: signal(false), slowThreshold: signal(0) }
  const shown = (): string[] => KINDS.filter((_, row) => view.filter.value?.(session, row as Row) ?? true)
  return { ...createFilterStore(view), filter: view.filter, withOthers: view.withOthers, shown }
}

test('each kind is in exactly one group, and no group is the same as all of them', () => {
  const { kinds, shown, stop } = createStore()
  const of = (...groups: KindGroup[]): string[] => {
    kinds.value = new Set(groups)
    return shown()
  }
  expect(of('requests')).toEqual(['fetch', 'xhr'])
  expect(of('connections')).toEqual(['websocket', 'eventsource', 'stream'])
  expect(of('custom')).toEqual(['custom'])
  expect(GROUPS.flatMap(group => of(group)).sort()).toEqual([...KINDS].sort())
  expect(of(...GROUPS)).toEqual([...KINDS])
  expect(of()).toEqual([...KINDS])
  stop()
})

test('requests that are no operations are shown by their chip, and by a filter that asks for them', () => {
  const { kinds, text, inverted, withOthers, stop } = createStore()
  const withThem = (chips: KindGroup[], typed: string, isInverted = false): boolean => {
    kinds.value = new Set(chips)
    text.value = typed
    inverted.value = isInverted
    return withOthers.value
  }
  expect(withThem(['other'], '')).toBe(true)
  expect(withThem(['requests', 'other'], 'url:app.js')).toBe(true)
  expect(withThem([], 'kind:other url:app.js')).toBe(true)
  for (const hidden of ['', 'url:app.js', '-kind:other', 'kind:fetch', 'kind:beacon'])
    expect(withThem([], hidden)).toBe(false)
  expect(withThem(['requests'], '')).toBe(false)
  expect(withThem([], 'kind:other', true)).toBe(false)
  stop()
})

test('inverting shows what the text hides, of the chosen kinds only', () => {
  const { kinds, text, inverted, shown, stop } = createStore()
  const terms = fc.constantFrom('fetch', '-a', 'kind:xhr', 'name:/s/', 'duration>5', 'nothing:valid', '')
  fc.assert(
    fc.property(fc.subarray([...GROUPS]), terms, (groups, term) => {
      kinds.value = new Set(groups)
      text.value = ''
      const ofKinds = shown()
      text.value = term
      inverted.value = false
      const matching = shown()
      inverted.value = true
      // Without a valid term there is nothing to invert.
      const isEmpty = term === '' || term === 'nothing:valid'
      expect(shown()).toEqual(isEmpty ? ofKinds : ofKinds.filter(kind => !matching.includes(kind)))
    }),
  )
  stop()
})

test('a term of a menu narrows what is shown, and is added once', () => {
  const { text, inverted, shown, addTerm, stop } = createStore()
  addTerm('-name="a xhr"')
  addTerm('name="a xhr"')
  addTerm('name="a xhr"')
  expect(text.value).toBe('-name="a xhr" name="a xhr"')
  expect(shown()).toEqual([])
  text.value = 'xhr'
  inverted.value = true
  addTerm('-kind:fetch')
  expect([text.value, inverted.value]).toEqual(['-kind:fetch', false])
  expect(shown()).toEqual(KINDS.filter(kind => kind !== 'fetch'))
  inverted.value = true
  addTerm('kind:custom')
  expect(shown()).toEqual(['custom'])
  stop()
})

test('clearing shows everything again', () => {
  const { kinds, text, inverted, filter, clear, stop } = createStore()
  kinds.value = new Set(['other'])
  text.value = 'a'
  inverted.value = true
  clear()
  expect(filter.value).toBe(null)
  expect([kinds.value.size, text.value, inverted.value]).toEqual([0, '', false])
  stop()
})
