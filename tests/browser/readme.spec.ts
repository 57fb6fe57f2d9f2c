// Test (real Chromium): the README's examples run as they stand, with the extension and without it.
import type { Page } from 'playwright'
import { openChromium } from '../../scripts/chromium-session.ts'
import { bundleExamples, EXPECTED_NAMES, type ExampleOutcome } from '../readme/readme-examples.ts'
import { EXTENSION, expect, exportWhen, test } from './shared-tab-test.ts'

type ExamplesGlobal = typeof globalThis & { examples?(): Promise<ExampleOutcome> }

/** Calls what the bundle leaves behind: as a module, it runs some time after it was added. */
async function runExamples(page: Page): Promise<ExampleOutcome> {
  await page.waitForFunction(() => (globalThis as ExamplesGlobal).examples !== undefined)
  return page.evaluate(() => (globalThis as ExamplesGlobal).examples?.() as Promise<ExampleOutcome>)
}

test("the README's examples run in a page with the extension", async ({ inspected, demo }) => {
  const { page } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.addScriptTag({ content: await bundleExamples(false, 'browser'), type: 'module' })
  const outcome = await runExamples(page)
  expect(outcome.names).toEqual(EXPECTED_NAMES)
  const session = await exportWhen(
    inspected,
    ({ operations, snapshots }) => operations.length === EXPECTED_NAMES.length && snapshots.length === 2,
  )
  expect(session.operations.map(({ operationName }) => operationName).sort()).toEqual([...EXPECTED_NAMES].sort())
  expect(session.snapshots.map(({ label }) => label)).toEqual(['before', 'after'])
})

test('an imported monitor reaches the panel as well', async ({ inspected, demo }) => {
  const { page } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.addScriptTag({ content: await bundleExamples(true, 'browser'), type: 'module' })
  const outcome = await runExamples(page)
  expect(outcome.names).toEqual(EXPECTED_NAMES)
  const session = await exportWhen(inspected, ({ operations }) => operations.length === EXPECTED_NAMES.length)
  const pay = session.operations.find(({ operationName }) => operationName === 'pay')
  const checkout = session.operations.find(({ operationName }) => operationName === 'checkout')
  expect(pay?.parentId).toBe(checkout?.id)
})

test("the README's examples run in a bundled app without the extension", async ({ demo }) => {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: false })
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  await page.goto(`${demo.url}/empty`)
  await page.addScriptTag({ content: await bundleExamples(true, 'browser'), type: 'module' })
  const outcome = await runExamples(page)
  expect(outcome.names).toEqual(EXPECTED_NAMES)
  expect(outcome.totalOperations).toBe(2)
  await chromium.close()
})
