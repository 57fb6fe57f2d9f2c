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
    const chromium = await findChromium().catch((error: Error) => error)
    const env = chromium instanceof Error ? process.env : { ...process.env, CHROMIUM_PATH: chromium }
    const unit = await runUnitTests(join(dir, 'vitest.json'), env)
    const browser = await runBrowserTests(join(dir, 'playwright.json'), env, built, chromium)
    return {
      passed: unit.passed + browser.passed,
      failed: unit.failed + browser.failed,
      failures: [...unit.failures, ...browser.failures],
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function runUnitTests(report: string, env: NodeJS.ProcessEnv): Promise<TestCounts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await runNodeModule('vitest/vitest.mjs', ['run', ...reporters], { env })
  return readReport('Vitest', report, exitCode, countVitest)
}

async function runBrowserTests(
  report: string,
  env: NodeJS.ProcessEnv,
  built: boolean,
  chromium: string | Error,
): Promise<TestCounts> {
  if (!built) return notRun(BUILD_FAILED)
  if (chromium instanceof Error) return notRun(chromium.message)
  const exitCode = await runNodeModule('playwright/cli.js', ['test', '--reporter=list,json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  return readReport('Playwright', report, exitCode, countPlaywright)
}
