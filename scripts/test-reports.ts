// World: Node. The two runners' JSON reports as counts, and what failed. What was skipped or flaky did not pass.

import type { TestCounts } from './test-counts.ts'

/** https://vitest.dev/guide/reporters#json-reporter */
export function countVitest(report: unknown): TestCounts {
  const total = figure(report, 'numTotalTests')
  const passed = figure(report, 'numPassedTests')
  return { passed, failed: total - passed, failures: vitestFailures(report) }
}

function vitestFailures(report: unknown): string[] {
  return lists(report, 'testResults').flatMap(file => {
    // A file that can't be loaded has a message, and no tests.
    const whole = text(file.message)
    const tests = lists(file, 'assertionResults').filter(({ status }) => status === 'failed')
    if (tests.length === 0) return whole === '' ? [] : [`${text(file.name)}\n${whole}`]
    return tests.map(
      test => `${text(file.name)} › ${text(test.fullName)}\n${list(test.failureMessages).map(text).join('\n')}`,
    )
  })
}

/** `stats` of https://playwright.dev/docs/api/class-testreporter: each test is counted in one of the four. */
export function countPlaywright(report: unknown): TestCounts {
  const stats = isRecord(report) ? report.stats : undefined
  const failed = figure(stats, 'unexpected') + figure(stats, 'flaky') + figure(stats, 'skipped')
  return { passed: figure(stats, 'expected'), failed, failures: playwrightFailures(report) }
}

function playwrightFailures(suite: unknown): string[] {
  const own = lists(suite, 'specs')
    .filter(({ ok }) => ok === false)
    .map(spec => {
      const results = lists(spec, 'tests').flatMap(test => lists(test, 'results'))
      const errors = results.flatMap(result => lists(result, 'errors')).map(({ message }) => text(message))
      return `${text(spec.file)}:${String(spec.line)} › ${text(spec.title)}\n${errors.join('\n')}`
    })
  return [...own, ...lists(suite, 'suites').flatMap(playwrightFailures)]
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function lists(object: unknown, name: string): Record<string, unknown>[] {
  return isRecord(object) ? list(object[name]).filter(isRecord) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function figure(object: unknown, name: string): number {
  const value = isRecord(object) ? object[name] : undefined
  if (typeof value !== 'number') throw new TypeError(`The report has no ${name}.`)
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
