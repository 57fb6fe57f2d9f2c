// Test (real Chromium, real DevTools): two sides of recorded sessions compared in the tab.
import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Frame, Page } from 'playwright/test'
import schema from '../../model/comparison/comparison.schema.json' with { type: 'json' }
import { openChromium } from '../../scripts/chromium-session.ts'
import { comparedSession } from '../support/compared-sessions.ts'
import { movingIn, violationsIn } from './axe.ts'
import { EXTENSION, expect, inspect, test, track } from './perf-test.ts'

const fileOf = (name: string, content: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(content),
})
const RUNS = [1, 2, 3, 4, 5]
const BASE = RUNS.map(run => fileOf(`base ${run}.json`, comparedSession(run)))
const SLOW = RUNS.map(run => fileOf(`new ${run}.json`, comparedSession(run + 10, { slowdown: 1.6, failures: 15 })))

const gridOf = (panel: Frame) => panel.getByRole('grid', { name: 'Compared operations' })
const rowsOf = (panel: Frame) =>
  gridOf(panel)
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })

/** Presses Tab until the focus is on a button, field or table that matches. */
async function tabTo(frontend: Page, panel: Frame, selector: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if (await panel.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return
    await frontend.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not reach ${selector}`)
}

async function chooseFiles(frontend: Page, side: number, files: typeof BASE): Promise<void> {
  const panel = frontend.frames().find(frame => frame.url().includes('panel')) as Frame
  await tabTo(frontend, panel, `.compare-bar .popup-button:nth-of-type(${side}) > button`)
  await frontend.keyboard.press('Enter')
  // The last of the popup's buttons, even while stored sessions are still listed.
  await frontend.keyboard.press('ArrowUp')
  await expect(panel.getByRole('button', { name: 'Choose files…' })).toBeFocused()
  // From here on the dialog is the browser's own.
  await panel.getByLabel(side === 1 ? 'Baseline files' : 'New files').setInputFiles(files)
  await frontend.keyboard.press('Escape')
}

for (const theme of ['light', 'dark'] as const) {
  test(`compares five runs with five by the keyboard, ${theme}`, async () => {
    const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true, theme })
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const { frontend, panel } = await inspect(chromium, page)
    await frontend.setViewportSize({ width: 1_400, height: 900 })
    await panel.getByRole('tab', { name: 'Operations' }).focus()
    await frontend.keyboard.press('End')
    await expect(panel.getByText('Choose a baseline above')).toBeVisible()

    await chooseFiles(frontend, 1, BASE)
    await expect(panel.getByRole('button', { name: 'Baseline: 5 runs' })).toBeVisible()
    await chooseFiles(frontend, 2, SLOW)
    // The live session is no run of the new side.
    await expect(panel.getByRole('button', { name: 'New: 6 runs' })).toBeVisible()
    await tabTo(frontend, panel, '.compare-bar .popup-button:nth-of-type(2) > button')
    await frontend.keyboard.press('Enter')
    await tabTo(frontend, panel, '.popup:popover-open input[type=checkbox]:checked')
    await frontend.keyboard.press('Space')
    await frontend.keyboard.press('Escape')

    await expect(rowsOf(panel)).toHaveCount(2)
    await expect(rowsOf(panel).filter({ hasText: 'GET /api/cart' })).toContainText('▲ slower')
    await expect(rowsOf(panel).filter({ hasText: 'GET /api/user' })).not.toContainText('slower')
    await expect(panel.getByRole('region', { name: 'Insights' })).toContainText('New insights')
    await tabTo(frontend, panel, '[role=grid]')
    await frontend.keyboard.press('Home')
    await frontend.keyboard.press('ArrowDown')
    const details = panel.getByRole('region', { name: 'Comparison of GET /api/cart' })
    await expect(details).toContainText(/Slower: \+\d+% \(\+\d+% to \+\d+%\), \+\d+ ms a call/)
    await expect(details.getByRole('img', { name: /Medians: baseline \d+/ })).toBeVisible()

    for (const width of [1_400, 900, 500]) {
      await frontend.setViewportSize({ width, height: 900 })
      await frontend.screenshot({ path: `test-results/compare-${theme}-${width}.png` })
      expect.soft(await violationsIn(panel), `${theme}, ${width}`).toEqual([])
    }
    expect.soft(await movingIn(panel)).toEqual([])
    await frontend.setViewportSize({ width: 1_400, height: 900 })

    const [download] = await Promise.all([
      frontend.waitForEvent('download'),
      panel.getByRole('button', { name: 'Export comparison' }).press('Enter'),
    ])
    const file = JSON.parse(await readFile(await download.path(), 'utf8'))
    const validate = new Ajv2020({ strict: true }).compile(schema)
    expect(validate(file) ? [] : validate.errors).toEqual([])
    expect(file.runs).toEqual({ before: 5, after: 5 })
    await panel.getByRole('button', { name: 'Copy as Markdown' }).press('Enter')
    await expect(panel.getByText('Copied', { exact: true })).toBeVisible()

    // The filter and the zoom hold for both sides.
    await panel.getByRole('combobox', { name: 'Filter' }).fill('cart')
    await expect(rowsOf(panel)).toHaveCount(1)
    await expect(panel.getByRole('region', { name: 'Comparison of GET /api/cart' })).toContainText('300')
    await chromium.close()
  })
}

test('compares before and after a navigation, and says what cannot be compared', async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  await frontend.setViewportSize({ width: 1_400, height: 900 })
  await page.goto(`${demo.url}/empty`)
  await track(page, 'only before')
  await page.goto(`${demo.url}/empty?second`)
  await track(page, 'only after')
  await panel.getByRole('button', { name: 'Compare' }).click()
  const baseline = panel.getByRole('button', { name: /^Baseline/ })
  const next = panel.getByRole('button', { name: /^New/ })
  await baseline.click()
  await panel
    .getByRole('checkbox', { name: /before navigation/ })
    .last()
    .check()
  await frontend.keyboard.press('Escape')
  await expect(panel.getByRole('alert')).toContainText('“Live” is on both sides')
  await next.click()
  await panel.getByRole('checkbox', { name: /^Live \d/ }).uncheck()
  await panel
    .getByRole('checkbox', { name: /since navigation/ })
    .last()
    .check()
  await frontend.keyboard.press('Escape')
  await expect(rowsOf(panel)).toContainText(['only after', 'only before'])
  await expect(rowsOf(panel).filter({ hasText: 'only after' })).toContainText('+ new')
  await expect(rowsOf(panel).filter({ hasText: 'only before' })).toContainText('− gone')

  // A file that is no session leaves everything as it is; one without operations is said to have none.
  for (const [name, content, problem] of [
    ['photo.json', '{', "photo.json isn't a valid Perf session"],
    ['newer.json', comparedSession(1).replace('"version":2', '"version":9'), 'newer version of Perf'],
  ] as const) {
    await panel.getByLabel('Baseline files').setInputFiles(fileOf(name, content))
    await expect(panel.getByRole('alert')).toContainText(problem)
    await expect(rowsOf(panel)).toHaveCount(2)
  }
  await panel.getByRole('combobox', { name: 'Filter' }).fill('nothing has this name')
  await expect(panel.getByText('No operations to compare')).toBeVisible()
})
