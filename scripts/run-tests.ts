// World: Node. Builds, then runs the unit tests and those in the browsers, whatever the others' results, and adds up.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildExtension } from './build.ts'
import { findChromium } from './find-chromium.ts'
import { findFirefox } from './find-firefox.ts'
import { buildLibrary } from './library-package.ts'
import { runNodeModule } from './run-node-module.ts'
import { readReport, type TestCounts } from './test-counts.ts'
import { countPlaywright, countVitest } from './test-reports.ts'

const notRun = (sentence: string): TestCounts => ({ passed: 0, failed: 1, failures: [sentence] })

const BUILD_FAILED = 'The build failed, which counts as a failure; the tests in this browser need it and are not run.'

export async function runTests(): Promise<TestCounts> {
  const dir = await mkdtemp(join(tmpdir(), 'perf-tests-'))
  try {
    const built = (await buildExtension()) && (await buildLibrary())
    const chromium = await findChromium().catch((error: Error) => error)
    const env = chromium instanceof Error ? process.env : { ...process.env, CHROMIUM_PATH: chromium }
    const unit = await runUnitTests(join(dir, 'vitest.json'), env)
    const inChromium = await runBrowserTests(join(dir, 'chromium.json'), { env, built, browser: chromium })
    // One browser after the other: side by side they would only slow each other down.
    const inFirefox = await runFirefoxTests(join(dir, 'firefox.json'), env)
    return sumOf([unit, inChromium, inFirefox])
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function runUnitTests(report: string, env: NodeJS.ProcessEnv): Promise<TestCounts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await runNodeModule('vitest/vitest.mjs', ['run', ...reporters], { env })
  return readReport('Vitest', report, exitCode, countVitest)
}

async function runFirefoxTests(report: string, env: NodeJS.ProcessEnv): Promise<TestCounts> {
  const browser = await findFirefox().catch((error: Error) => error)
  const built = await buildExtension('firefox')
  return runBrowserTests(report, { env, built, browser, config: 'tests/firefox' })
}

interface BrowserTests {
  env: NodeJS.ProcessEnv
  built: boolean
  /** Its path, or why there is none. */
  browser: string | Error
  /** The folder of Playwright's configuration; the project's own by default. */
  config?: string
}

async function runBrowserTests(
  report: string,
  { env, built, browser, config = '.' }: BrowserTests,
): Promise<TestCounts> {
  if (!built) return notRun(BUILD_FAILED)
  if (browser instanceof Error) return notRun(browser.message)
  const args = ['test', '--config', config, '--reporter=list,json']
  const exitCode = await runNodeModule('playwright/cli.js', args, {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  return readReport('Playwright', report, exitCode, countPlaywright)
}

function sumOf(counts: readonly TestCounts[]): TestCounts {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    failures: counts.flatMap(({ failures }) => failures),
  }
}
