// World: Node. The two runners' JSON reports as counts. What was skipped or flaky did not pass.

import type { TestCounts } from './test-counts.ts'

/** https://vitest.dev/guide/reporters#json-reporter */
export function countVitest(report: unknown): TestCounts {
  const total = figure(report, 'numTotalTests')
  const passed = figure(report, 'numPassedTests')
  return { passed, failed: total - passed }
}

/** `stats` of https://playwright.dev/docs/api/class-testreporter: each test is counted in one of the four. */
export function countPlaywright(report: unknown): TestCounts {
  const stats = isRecord(report) ? report.stats : undefined
  const failed = figure(stats, 'unexpected') + figure(stats, 'flaky') + figure(stats, 'skipped')
  return { passed: figure(stats, 'expected'), failed }
}

function figure(object: unknown, name: string): number {
  const value = isRecord(object) ? object[name] : undefined
  if (typeof value !== 'number') throw new TypeError(`The report has no ${name}.`)
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
