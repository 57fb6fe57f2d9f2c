// Test (real Chromium, real DevTools): every view of the tab meets the rules of axe-core, light and dark.
import { Buffer } from 'node:buffer'
import { openChromium } from '../../scripts/chromium-session.ts'
import { movingIn, violationsIn } from './axe.ts'
import { EXTENSION, expect, exportSession, showSingleOperations, test } from './perf-test.ts'
import { record } from './workload.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`no violation in any view, ${theme}`, async ({ demo }) => {
    const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true, theme })
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const { frontend, panel } = await chromium.devtoolsFor(page)
    await frontend.setViewportSize({ width: 1_400, height: 900 })
    const inspected = { page, frontend, panel }
    const check = async (view: string): Promise<void> => {
      expect.soft(await violationsIn(panel), `${theme}, ${view}`).toEqual([])
      expect.soft(await movingIn(panel), `moving, ${theme}, ${view}`).toEqual([])
    }
    const button = (name: string) => panel.getByRole('button', { name, exact: true })
    const filter = panel.getByRole('combobox', { name: 'Filter' })
    const grid = panel.getByRole('grid', { name: 'Operations', exact: true })
    await expect(panel.locator('html')).toHaveAttribute('data-theme', theme)

    await check('empty')
    await showSingleOperations(panel)
    await record(inspected, demo.url)
    await page.evaluate(async () => {
      await fetch('/api/status/500')
      await fetch('/api/users/1', { method: 'POST', body: '{}' })
    })
    await check('single operations')
    await grid.press('End')
    await frontend.keyboard.press('Shift+F10')
    await expect(panel.getByRole('menu', { name: 'Operation' })).toBeVisible()
    await check('menu of an operation')
    await frontend.keyboard.press('Escape')
    await panel.getByRole('columnheader', { name: 'Status' }).click({ button: 'right' })
    await expect(panel.getByRole('menu', { name: 'Columns' })).toBeVisible()
    await check('columns')
    await frontend.keyboard.press('Escape')
    await button('Close details').click()
    await panel.getByRole('checkbox', { name: 'Group by name' }).check()
    await check('groups')
    for (const tab of ['Insights', 'Summary', 'Timeline', 'Connections']) {
      await panel.getByRole('tab', { name: tab }).click()
      await check(tab)
    }
    await panel.getByRole('tab', { name: 'Operations' }).click()
    await panel.getByRole('checkbox', { name: 'Group by name' }).uncheck()
    await filter.fill('GET')
    await grid.press('End')
    await expect(panel.getByRole('complementary', { name: 'Details' })).toBeVisible()
    await check('details of a request')
    await filter.fill('outcome:failed name:checkout')
    await grid.press('Home')
    await check('details of a failed operation')
    await button('Close details').click()

    await filter.fill('status:4 duration>fast')
    await check('filter with an error, nothing found')
    await filter.fill('')
    await filter.pressSequentially('s')
    await expect(filter).toHaveAttribute('aria-expanded', 'true')
    await check('completion')
    await filter.fill('')

    for (const opener of ['Settings', 'Export format']) {
      await button(opener).click()
      await check(opener)
      await frontend.keyboard.press('Escape')
    }
    const leakTest = panel.getByRole('dialog', { name: 'Leak test' })
    await button('Leak test…').focus()
    await frontend.keyboard.press('Enter')
    await leakTest.getByRole('button', { name: 'Start' }).press('Enter')
    await expect(leakTest).toContainText('Round 1 of 7', { timeout: 30_000 })
    await check('leak test')
    await leakTest.getByRole('button', { name: 'End test' }).press('Enter')
    await frontend.keyboard.press('Escape')
    await expect(leakTest).toBeHidden()
    await panel.locator('.picker').click()
    await check('stored sessions')
    await frontend.keyboard.press('Escape')
    await grid.focus()
    await frontend.keyboard.press('?')
    await expect(panel.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await check('shortcuts')
    await frontend.keyboard.press('Escape')

    const files = panel.getByLabel('Session files')
    const content = JSON.stringify(await exportSession(inspected))
    await files.setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer: Buffer.from(content) })
    await expect(panel.getByTitle('Switch session')).toContainText('shop.json')
    await check('imported')
    await files.setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{') })
    await expect(panel.getByRole('alert')).toContainText("broken.json isn't")
    await check('a file that is no session')
    await button('Show live session').click()

    await panel.getByRole('region', { name: 'Charts' }).press('+')
    await check('zoomed')
    await frontend.setViewportSize({ width: 500, height: 700 })
    await check('narrow')
    await button('Record').click()
    await button('Clear').click()
    await expect(panel.getByText('Recording is paused')).toBeVisible()
    await check('paused')
    await chromium.close()
  })
}
