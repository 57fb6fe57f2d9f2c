// World: Node. Builds, then runs the unit tests and the browsers', whatever the others' result, and adds up.

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

const BUILD_FAILED = 'The build failed, which counts as a failure; the browser tests need it and are not run.'

export async function runTests(): Promise<TestCounts> {
  const dir = await mkdtemp(join(tmpdir(), 'perf-tests-'))
  try {
    const built = (await buildExtension()) && (await buildExtension('firefox')) && (await buildLibrary())
    // One after the other: apt installs one package at a time.
    const chromium = await findChromium().catch((error: Error) => error)
    const firefox = await findFirefox().catch((error: Error) => error)
    const env = {
      ...process.env,
      ...(typeof chromium === 'string' && { CHROMIUM_PATH: chromium }),
      ...(typeof firefox === 'string' && { FIREFOX_PATH: firefox }),
    }
    const unit = await runUnitTests(join(dir, 'vitest.json'), env)
    const browsers = built
      ? await runBrowserTests(join(dir, 'playwright.json'), env, { chromium, firefox })
      : [notRun(BUILD_FAILED)]
    const all = [unit, ...browsers]
    return {
      passed: all.reduce((sum, { passed }) => sum + passed, 0),
      failed: all.reduce((sum, { failed }) => sum + failed, 0),
      failures: all.flatMap(({ failures }) => failures),
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

/** In the browsers that there are. One that could not be had is a failure. */
async function runBrowserTests(
  report: string,
  env: NodeJS.ProcessEnv,
  { chromium, firefox }: Record<'chromium' | 'firefox', string | Error>,
): Promise<TestCounts[]> {
  const missing = [chromium, firefox].flatMap(found => (found instanceof Error ? [notRun(found.message)] : []))
  const projects = [
    ...(chromium instanceof Error ? [] : ['browser', 'waiting']),
    ...(firefox instanceof Error ? [] : ['firefox']),
  ]
  if (projects.length === 0) return missing
  const exitCode = await runNodeModule(
    'playwright/cli.js',
    ['test', ...projects.map(name => `--project=${name}`), '--reporter=list,json'],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  )
  return [...missing, await readReport('Playwright', report, exitCode, countPlaywright)]
}
