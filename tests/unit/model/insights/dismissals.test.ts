import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkedDismissals,
  type Dismissal,
  dismissalOf,
  dismissalsOf,
  MAX_DISMISSALS,
} from '../../../../model/insights/dismissals.ts'

const insight = {
  key: 'n-plus-one GET /api/orders/:id at load (app.js)',
  kind: 'n-plus-one',
  route: 'GET /api/orders/:id',
  origin: 'https://shop.example',
} as const

const isDismissed = (other: typeof insight | object, by: Dismissal | undefined): boolean =>
  dismissalsOf({ ...insight, ...other }, new Set(by ? [by] : [])).length > 0

test('dismisses one insight, a kind on a route, or an origin', () => {
  const one = dismissalOf(insight, 'insight')
  expect(isDismissed(insight, one)).toBe(true)
  expect(isDismissed({ key: 'n-plus-one GET /api/orders/:id at refresh (app.js)' }, one)).toBe(false)
  const route = dismissalOf(insight, 'route')
  expect(isDismissed({ key: 'n-plus-one GET /api/orders/:id at refresh (app.js)' }, route)).toBe(true)
  expect(isDismissed({ kind: 'slow-tail' }, route)).toBe(false)
  expect(isDismissed({ origin: 'https://other.example' }, route)).toBe(false)
  const origin = dismissalOf(insight, 'origin')
  expect(isDismissed({ kind: 'slow-tail', route: 'GET /', key: 'x' }, origin)).toBe(true)
  expect(isDismissed({ origin: 'https://shop.example.evil' }, origin)).toBe(false)
})

test('has no origin to dismiss for operations of the app', () => {
  const { key, kind, route } = insight
  expect(dismissalOf({ key, kind, route, origin: '' }, 'origin')).toBeUndefined()
  expect(dismissalOf({ key, kind, route, origin: '' }, 'route')).toBeDefined()
})

test('takes whatever storage holds, bounded', () => {
  expect(checkedDismissals(['origin https://a', 'origin https://a', 'nonsense', 3, null])).toEqual(['origin https://a'])
  const many = Array.from({ length: MAX_DISMISSALS + 7 }, (_, i) => `origin https://${i}`)
  expect(checkedDismissals(many)).toEqual(many.slice(7))
  fc.assert(fc.property(fc.anything(), stored => checkedDismissals(stored).length <= MAX_DISMISSALS))
})

test('keeps dismissals short and well-formed whatever a page calls its routes', () => {
  const emoji = fc.string({ unit: fc.constantFrom('\u{1f600}', 'x'), minLength: 700, maxLength: 1_400 })
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 3_000 }), emoji), route => {
      const dismissal = dismissalOf({ ...insight, route }, 'route')
      expect(dismissal?.length).toBeLessThan(1_100)
      // Storage would replace half a character, and not find the dismissal again.
      expect(dismissal).not.toMatch(/\p{Surrogate}/u)
      expect(isDismissed({ route }, dismissal)).toBe(true)
    }),
  )
})
