import { expect, test } from 'vitest'
import { testSlug } from '../../../playwright/test-slug.ts'

const slug = (name: string, ...titlePath: string[]): string =>
  testSlug({ titlePath, project: { name } } as Parameters<typeof testSlug>[0])

test.each([
  ['shop-spec-ts-cart-adds-a-thing', slug('', 'shop.spec.ts', 'cart', 'adds a thing')],
  ['firefox-a-spec-ts-zahlt-für-2', slug('firefox', 'a.spec.ts', '…zahlt/für 2~')],
  ['test', slug('', '…')],
])('%s', (expected, found) => {
  expect(found).toBe(expected)
})

test('keeps a name within what file systems take', () => {
  expect(slug('', 'x'.repeat(1_000)).length).toBeLessThan(200)
})
