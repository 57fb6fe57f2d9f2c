// Test (real Chromium, real DevTools): a whole session without a pointer. Keys are sent to the DevTools window, as when
// a user presses them.
import { readFile } from 'node:fs/promises'
import type { SessionFile } from '../../session/format.ts'
import { expect, test } from './shared-tab-test.ts'

test('records, filters, zooms and exports by keyboard alone', async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  const { keyboard } = frontend
  await frontend.setViewportSize({ width: 1_300, height: 850 })
  await page.goto(`${demo.url}/empty`)
  const footer = panel.locator('.status-bar > :first-child')
  const record = panel.getByRole('button', { name: 'Record' })
  const focused = panel.locator(':focus')
  /** Presses Tab until an element with this role and name has the focus. */
  const tabTo = async (role: Parameters<typeof panel.getByRole>[0], name: string, key = 'Tab'): Promise<void> => {
    const wanted = panel.getByRole(role, { name, exact: true })
    for (let presses = 0; presses < 60; presses++) {
      if (await wanted.and(focused).count()) return
      await keyboard.press(key)
    }
    throw new Error(`No Tab leads to ${role} ${name}`)
  }

  // The front-end focuses the panel that is shown.
  await panel.locator('body').focus()
  await tabTo('button', 'Record')
  await keyboard.press('Control+e')
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  await keyboard.press('Control+e')
  await expect(record).toHaveAttribute('aria-pressed', 'true')
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('first', async () => 1))
  await expect(footer).toContainText(/^1 operation/)
  await keyboard.press('Control+l')
  await expect(footer).toContainText(/^0 operations/)
  await page.evaluate(async () => {
    for (let id = 1; id <= 5; id++) await fetch(`/api/users/${id}`)
    await fetch('/api/status/404')
    await fetch('/api/status/500')
  })
  await expect(footer).toContainText(/^7 operations · 2 failed/)

  // Filter, with completion.
  await keyboard.press('Control+f')
  await keyboard.type('out')
  await keyboard.press('Tab')
  await keyboard.type('f')
  await keyboard.press('Enter')
  await expect(panel.getByRole('combobox', { name: 'Filter' })).toHaveValue('outcome:failed ')
  await expect(footer).toContainText(/^2 \/ 7 operations/)

  // Show another column, and move it.
  await tabTo('button', 'Name')
  await keyboard.press('Shift+F10')
  await keyboard.press('f')
  await keyboard.press('Enter')
  const column = (name: string) => panel.getByRole('columnheader', { name, exact: true })
  await expect(column('Frame')).toBeVisible()
  await keyboard.press('ArrowRight')
  const [, second] = await panel.getByRole('columnheader').allTextContents()
  await keyboard.press('Control+ArrowRight')
  await expect(panel.getByRole('columnheader').nth(2)).toHaveText(second as string)

  // Select in the list, and read the details.
  await tabTo('grid', 'Operations')
  await keyboard.press('Home')
  const details = panel.getByRole('complementary', { name: 'Details' })
  await expect(details).toContainText('GET /api/status/404')
  await keyboard.press('ArrowDown')
  await expect(details).toContainText('GET /api/status/500')
  await keyboard.press('Shift+F10')
  await expect(panel.getByRole('menu', { name: 'Operation' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(panel.getByRole('grid', { name: 'Operations' })).toBeFocused()
  await tabTo('button', 'Close details')
  await keyboard.press('Enter')
  await expect(details).toBeHidden()

  // Zoom in and out again.
  await tabTo('region', 'Charts', 'Shift+Tab')
  for (let presses = 0; presses < 20; presses++) await keyboard.press('+')
  await keyboard.press('Home')
  await expect(panel.getByRole('button', { name: 'Follow' })).toBeVisible()
  await expect(panel.getByRole('heading', { name: 'No matching operations' })).toBeVisible()
  await keyboard.press('0')
  await expect(footer).toContainText(/^2 \/ 7 operations/)

  // Give the list more room.
  const splitter = panel.getByRole('separator', { name: 'Resize charts' })
  await tabTo('separator', 'Resize charts')
  const share = Number(await splitter.getAttribute('aria-valuenow'))
  /** Docked low, DevTools has the charts beside the list. */
  const sizeOfCharts = async (): Promise<number> => {
    const { width = 0, height = 0 } = (await panel.locator('.charts').boundingBox()) ?? {}
    return width + height
  }
  let size = await sizeOfCharts()
  // One key after the other: the charts follow in a later frame.
  for (const [key, sign] of [
    ['ArrowUp', -1],
    ['ArrowUp', -1],
    ['ArrowDown', 1],
  ] as const) {
    await keyboard.press(key)
    await expect.poll(async () => ((await sizeOfCharts()) - size) * sign).toBeGreaterThan(0)
    size = await sizeOfCharts()
  }
  expect(Number(await splitter.getAttribute('aria-valuenow'))).toBeLessThan(share)

  // Another tab, the list of shortcuts, the settings.
  await tabTo('tab', 'Operations')
  await keyboard.press('ArrowLeft')
  await expect(panel.getByRole('region', { name: 'Totals' })).toContainText('Operations2')
  await keyboard.press('?')
  await expect(panel.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(panel.getByRole('dialog')).toBeHidden()
  await expect(panel.getByRole('tab', { name: 'Summary' })).toBeFocused()
  await tabTo('button', 'Settings', 'Shift+Tab')
  await keyboard.press('Enter')
  await tabTo('checkbox', 'Group requests by route: GET /users/:id')
  await keyboard.press('Space')
  await expect(focused).not.toBeChecked()
  await keyboard.press('Escape')
  await expect(panel.getByRole('button', { name: 'Settings' })).toBeFocused()
  // Escape closed the dialogs, and did not open DevTools' console drawer.
  await expect(frontend.getByRole('tab', { name: 'Console' })).toHaveAttribute('aria-selected', 'false')

  const download = frontend.waitForEvent('download')
  await tabTo('button', 'Export', 'Shift+Tab')
  await keyboard.press('Enter')
  const session = JSON.parse(await readFile(await (await download).path(), 'utf8')) as SessionFile
  expect(session.operations).toHaveLength(7)

  await keyboard.press('Control+k')
  await expect(footer).toContainText(/^0 operations/)
})

test('focuses the list when the focused element disappears', async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  const { keyboard } = frontend
  await frontend.setViewportSize({ width: 1_300, height: 850 })
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async () => {
    const monitor = window.PerformanceMonitor.getInstance()
    await monitor.trackOperation('outer', async outer => {
      // So that it comes first in the list.
      await new Promise(resolve => setTimeout(resolve, 5))
      await outer.trackOperation('inner', () => Promise.resolve())
    })
  })
  const grid = panel.getByRole('grid', { name: 'Operations', exact: true })
  const details = panel.getByRole('complementary', { name: 'Details' })
  const notice = panel.locator('.notice')
  const button = (name: string) => panel.getByRole('button', { name, exact: true })

  await panel.getByRole('combobox', { name: 'Filter' }).fill('nothing')
  await notice.getByRole('button', { name: 'Clear filter' }).press('Enter')
  await expect(grid).toBeFocused()
  await keyboard.press('Home')
  await expect(details.getByRole('heading', { name: 'outer' })).toBeVisible()

  // The link to the child disappears with the details of the parent.
  await details.getByRole('button', { name: 'inner' }).press('Enter')
  await expect(details.getByRole('heading', { name: 'inner' })).toBeVisible()
  await expect(panel.locator('body')).not.toBeFocused()
  await button('Close details').press('Enter')
  await expect(grid).toBeFocused()

  await panel.getByRole('region', { name: 'Charts' }).press('+')
  await button('Follow').press('Enter')
  await expect(grid).toBeFocused()

  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  await panel.getByRole('grid', { name: 'Operations by name' }).press('Home')
  await keyboard.press('Enter')
  await expect(grid).toBeFocused()
  await panel.getByRole('tab', { name: 'Summary' }).click()
  await panel.getByRole('region', { name: 'Most time' }).getByRole('button').first().press('Enter')
  await expect(grid).toBeFocused()
  await keyboard.press('Home')
  await button('Close details').focus()
  await keyboard.press('Control+l')
  await expect(grid).toBeFocused()

  // The focus does not move from the button of one message to that of the next.
  await keyboard.press('Control+e')
  await notice.getByRole('button', { name: 'Resume' }).press('Enter')
  await expect(notice.getByRole('button', { name: 'Reload page' })).toBeVisible()
  await expect(grid).toBeFocused()
})
