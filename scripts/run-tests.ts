// World: Node. Builds, then runs the unit tests and the browser's, whatever the other's result, and adds up.

import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
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

/**
 * Both at the same time: browser tests wait now and then, and leave the processor to a worker with the unit tests. The output
 * of the unit tests is shown once they have ended.
 */
export async function runTests(): Promise<TestCounts> {
  const dir = await mkdtemp(join(tmpdir(), 'perf-tests-'))
  try {
    const built = (await buildExtension()) && (await buildLibrary())
    const chromium = await findChromium().catch((error: Error) => error)
    const env = chromium instanceof Error ? process.env : { ...process.env, CHROMIUM_PATH: chromium }
    const [unit, browser] = await Promise.all([
      runUnitTests(dir, env),
      chromium instanceof Error
        ? notRun(chromium.message)
        : built
          ? runBrowserTests(join(dir, 'playwright.json'), env)
          : notRun(BUILD_FAILED),
    ])
    return {
      passed: unit.passed + browser.passed,
      failed: unit.failed + browser.failed,
      failures: [...unit.failures, ...browser.failures],
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function runUnitTests(dir: string, env: NodeJS.ProcessEnv): Promise<TestCounts> {
  const report = join(dir, 'vitest.json')
  const shown = join(dir, 'vitest.txt')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const output = await open(shown, 'w')
  const exitCode = await runNodeModule('vitest/vitest.mjs', ['run', '--maxWorkers=1', ...reporters], {
    env,
    output: output.fd,
  })
  await output.close()
  console.log(await readFile(shown, 'utf8'))
  return readReport('Vitest', report, exitCode, countVitest)
}

async function runBrowserTests(report: string, env: NodeJS.ProcessEnv): Promise<TestCounts> {
  const exitCode = await runNodeModule('playwright/cli.js', ['test', '--reporter=list,json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  return readReport('Playwright', report, exitCode, countPlaywright)
}
