// Test (real Chromium): the differential suite in pages that the Playwright fixture records, which have neither the extension
// nor DevTools. The sets that look for us in particular run always, all of them with PERF_ALL_CASES=1.
import { CASE_SETS } from './differential/case-sets.ts'
import { expectAlike } from './differential/compare.ts'
import { KNOWN_DIFFERENCES, type KnownDifference } from './differential/known-differences.ts'
import { test } from './differential/tested-lane.ts'

const ESSENTIAL = ['the shape of the functions', 'other documents']

/** An init script comes to a frame before its document, unlike an extension. */
const DIFFERENCES: readonly KnownDifference[] = [
  ...KNOWN_DIFFERENCES.filter(({ reason }) => reason !== 'early'),
  {
    case: 'the shape of the functions › all own keys of window',
    at: 'page',
    reason: 'globals',
    // Playwright's own, not enumerable, without which no binding works.
    oursAlso: ['__playwright__binding__', '__playwright__binding__controller__'],
  },
]

for (const [set, { where, cases }] of Object.entries(CASE_SETS)) {
  if (!process.env.PERF_ALL_CASES && !ESSENTIAL.includes(set)) continue
  test(set, async ({ lanes: { native, tested } }) => {
    for (const [name, source] of Object.entries(cases)) {
      const [expected, actual] = await Promise.all([native.run(source, where), tested.run(source, where)])
      expectAlike(`${set} › ${name}`, expected, actual, DIFFERENCES)
    }
  })
}
