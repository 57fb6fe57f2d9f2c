// Test (real Chromium, real DevTools): two sides of recorded sessions compared in the tab.
import { Buffer } from 'node:buffer'
import type { Frame } from 'playwright/test'
import { comparedSession } from '../support/compared-sessions.ts'
import { expect, test, track } from './perf-test.ts'

const fileOf = (name: string, content: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(content),
})

const gridOf = (panel: Frame) => panel.getByRole('grid', { name: 'Compared operations' })
const rowsOf = (panel: Frame) =>
  gridOf(panel)
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })

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
