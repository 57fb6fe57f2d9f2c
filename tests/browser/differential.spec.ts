// Test (real Chromium, real DevTools): what a page can observe, natively and under the built extension with DevTools
// open, word for word: values, errors, the order of events and microtasks, and what its server gets.
import { expect } from 'playwright/test'
import { CASE_SETS } from './differential/case-sets.ts'
import { expectAlike } from './differential/compare.ts'
import { test } from './differential/differential-test.ts'
import { KNOWN_DIFFERENCES } from './differential/known-differences.ts'

for (const [set, { where, cases }] of Object.entries(CASE_SETS)) {
  test.describe(set, () => {
    for (const [name, source] of Object.entries(cases)) {
      test(name, async ({ native, recorded }) => {
        const [expected, actual] = await Promise.all([native.run(source, where), recorded.run(source, where)])
        expectAlike(`${set} › ${name}`, expected, actual)
      })
    }
  })
}

test('every known difference is of a case', () => {
  const names = Object.entries(CASE_SETS).flatMap(([set, { cases }]) =>
    Object.keys(cases).map(name => `${set} › ${name}`),
  )
  for (const known of KNOWN_DIFFERENCES) expect(names).toContain(known.case)
  expect(names.length).toBeGreaterThanOrEqual(150)
})
