// World: Node. Builds, then runs the unit tests and the browser's, whatever the other's result, and adds up.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildExtension } from './build.ts'
import { findChromium } from './find-chromium.ts'
import { buildLibrary } from './library-package.ts'
import { runNodeModule } from './run-node-module.ts'
import { readReport, type TestCounts } from './test-counts.ts'
import { countPlaywright, countVitest } from './test-reports.ts'

const notRun = (sentence: string): TestCounts => ({ passed: 0, failed: 1, failures: [sentence] })

const BUILD_FAILED = 'The build failed, which counts as a failure; the browser tests need it and are not run.'

export async function runTests(): Promise<TestCounts> {
  const dir = await mkdtemp(join(tmpdir(), 'perf-tests-'))
  try {
    const built = (await buildExtension()) && (await buildLibrary())
    const unit = await runUnitTests(join(dir, 'vitest.json'))
    const browser = built ? await runBrowserTests(join(dir, 'playwright.json')) : notRun(BUILD_FAILED)
    return {
      passed: unit.passed + browser.passed,
      failed: unit.failed + browser.failed,
      failures: [...unit.failures, ...browser.failures],
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function runUnitTests(report: string): Promise<TestCounts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await runNodeModule('vitest/vitest.mjs', ['run', ...reporters])
  return readReport('Vitest', report, exitCode, countVitest)
}

async function runBrowserTests(report: string): Promise<TestCounts> {
  try {
    const env = { ...process.env, CHROMIUM_PATH: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    const exitCode = await runNodeModule('playwright/cli.js', ['test', '--reporter=list,json'], { env })
    return await readReport('Playwright', report, exitCode, countPlaywright)
  } catch (error) {
    return notRun(error instanceof Error ? error.message : String(error))
  }
}
