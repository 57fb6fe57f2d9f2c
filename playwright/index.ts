// Node (the test's process): the entry of `perf-devtools/playwright`.
export type { Budget, Budgets } from '../model/checks/budget.ts'
export type { InsightKind } from '../model/insights/insight-kinds.ts'
export type { SessionFile } from '../session/format.ts'
export { type PerfFixtures, test } from './fixture.ts'
export { expect } from './matchers.ts'
export type { LeakTest, LeakTestOptions, Measured, Perf, RecordingOptions } from './perf.ts'
