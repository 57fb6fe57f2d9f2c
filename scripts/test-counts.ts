// World: Node. From a runner's report to counts that can't hide a failure.

import { readFile } from 'node:fs/promises'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  /** File, name and messages of each test that failed. */
  readonly failures: readonly string[]
}

/** A report that is missing or empty, and a runner that fails with no failed test, are a failure themselves. */
export async function readReport(
  runner: string,
  path: string,
  exitCode: number,
  count: (report: unknown) => TestCounts,
): Promise<TestCounts> {
  const counts = await readCounts(path, count)
  if (!counts) return failure(`${runner} wrote no report.`)
  if (counts.passed + counts.failed === 0) return failure(`${runner} ran no tests.`)
  if (exitCode === 0 || counts.failed > 0) return counts
  return failure(`${runner} ended with code ${exitCode} though no test failed.`, counts.passed)
}

async function readCounts(path: string, count: (report: unknown) => TestCounts): Promise<TestCounts | undefined> {
  try {
    return count(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

function failure(sentence: string, passed = 0): TestCounts {
  return { passed, failed: 1, failures: [sentence] }
}
