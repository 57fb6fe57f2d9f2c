// Test (real Chromium, real DevTools): a short form of `npm run torture`.
import { faultsOf, tortureReport } from '../../bench/torture/report.ts'
import { torture } from '../../bench/torture/torture.ts'
import { EXTENSION, expect, test } from './perf-test.ts'

const PLANS = {
  'no page is left': { operations: 10_000, kills: 5, reopenings: 2, navigations: 0, returns: 0 },
  'pages are left and come back': { operations: 10_000, kills: 5, reopenings: 1, navigations: 3, returns: 1 },
}

for (const [title, plan] of Object.entries(PLANS)) {
  test(`tortured, nothing is lost unsaid and nothing is there twice: ${title}`, async () => {
    test.setTimeout(240_000)
    const { happened, tally, evidence } = await torture(EXTENSION, plan)
    console.log(tortureReport(title, happened, tally))
    expect({ faults: faultsOf(plan, tally), evidence }).toEqual({ faults: [], evidence: [] })
  })
}
