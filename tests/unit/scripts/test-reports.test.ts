import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from '../../../scripts/test-reports.ts'

test("a report of Vitest's names each failed test, and a file that can't be loaded", () => {
  const report = {
    numTotalTests: 2,
    numPassedTests: 1,
    testResults: [
      {
        name: '/a.test.ts',
        message: '',
        assertionResults: [
          { fullName: 'a passes', status: 'passed', failureMessages: [] },
          { fullName: 'a fails', status: 'failed', failureMessages: ['expected 1 to be 2'] },
        ],
      },
      { name: '/b.test.ts', message: 'no such module', assertionResults: [] },
    ],
  }
  expect(countVitest(report)).toEqual({
    passed: 1,
    failed: 1,
    failures: ['/a.test.ts › a fails\nexpected 1 to be 2', '/b.test.ts\nno such module'],
  })
})

test("a report of Playwright's names each failed test, however deep it stands", () => {
  const spec = (title: string, ok: boolean) => ({
    title,
    ok,
    file: 'a.spec.ts',
    line: 3,
    tests: [{ results: [{ errors: ok ? [] : [{ message: 'not visible' }] }] }],
  })
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
    suites: [{ specs: [spec('a', true)], suites: [{ specs: [spec('b', false)] }] }],
  }
  expect(countPlaywright(report)).toEqual({ passed: 1, failed: 1, failures: ['a.spec.ts:3 › b\nnot visible'] })
})
