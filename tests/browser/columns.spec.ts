// Test (real Chromium, real DevTools): the columns and the context menus of the tables.
import { expect, exportSession, reloadPanel, rowsOf, test } from './shared-tab-test.ts'

test('columns are chosen, moved and kept, and rows have a menu, by pointer and by keyboard', async ({
  inspected,
  demo,
}) => {
  const { page, panel, frontend } = inspected
  await frontend.setViewportSize({ width: 1_600, height: 900 })
  await page.goto(`${demo.url}/empty`)
  await page.addScriptTag({
    content: 'window.load = at => fetch(at).then(r => r.text())\n//# sourceURL=https://shop.example/app.js',
  })
  await page.evaluate("load('/api/users?page=1').then(() => load('/api/status/500'))")
  const titles = panel.getByRole('grid', { name: 'Operations' }).getByRole('columnheader')
  const menu = panel.getByRole('menu')
  const rows = rowsOf(panel)
  await expect(rows).toHaveCount(2)
  await expect(rows.first().locator('.initiator')).toHaveText('app.js:1')

  await test.step('the menu of a title shows and hides columns', async () => {
    await panel.getByRole('columnheader', { name: 'Status' }).click({ button: 'right' })
    await menu.getByRole('menuitemcheckbox', { name: 'Method' }).click()
    await expect(titles.nth(1)).toHaveText('Method')
    await expect(rows.first().locator('.method')).toHaveText('GET')
    await panel.getByRole('button', { name: 'Status', exact: true }).focus()
    await frontend.keyboard.press('Shift+F10')
    await expect(menu).toBeVisible()
    await frontend.keyboard.press('k')
    await expect(menu.getByRole('menuitemcheckbox', { name: 'Kind' })).toBeFocused()
    await frontend.keyboard.press('Enter')
    await expect(panel.getByRole('columnheader', { name: 'Kind' })).toHaveCount(0)
    await expect(panel.getByRole('button', { name: 'Status', exact: true })).toBeFocused()
  })

  await test.step('Control and an arrow key move a column, and all is kept', async () => {
    await frontend.keyboard.press('Control+ArrowLeft')
    await expect(titles.nth(1)).toHaveText('Status')
    await expect(titles.nth(2)).toHaveText('Method')
    await reloadPanel(panel)
    await expect(titles.nth(1)).toHaveText('Status')
    await expect(titles.nth(2)).toHaveText('Method')
    await expect(panel.getByRole('columnheader', { name: 'Kind' })).toHaveCount(0)
  })

  await test.step('dragging a title onto another one moves its column', async () => {
    const [from, to] = await Promise.all([titles.nth(1).boundingBox(), titles.nth(2).boundingBox()])
    if (!from || !to) throw new Error('The titles are not shown')
    await frontend.mouse.move(from.x + from.width / 2, from.y + 8)
    await frontend.mouse.down()
    await frontend.mouse.move(to.x + to.width / 2, to.y + 8, { steps: 4 })
    await frontend.mouse.up()
    await expect(titles.nth(1)).toHaveText('Method')
    await expect(titles.nth(1)).not.toHaveAttribute('aria-sort')
  })

  await test.step('a narrow table keeps the most important columns', async () => {
    await frontend.setViewportSize({ width: 420, height: 900 })
    await expect(panel.getByRole('columnheader', { name: 'Time' })).toBeVisible()
    await expect(panel.getByRole('columnheader', { name: 'Waterfall' })).toHaveCount(0)
    await frontend.setViewportSize({ width: 1_600, height: 900 })
    await expect(panel.getByRole('columnheader', { name: 'Waterfall' })).toBeVisible()
  })

  await test.step('the menu of a row copies, and filters', async () => {
    await panel.evaluate(() => {
      Object.assign(window, { copied: '' })
      navigator.clipboard.writeText = async text => void Object.assign(window, { copied: text })
    })
    const copied = () => panel.evaluate(() => Reflect.get(window, 'copied') as string)
    await rows.first().click({ button: 'right' })
    await menu.getByRole('menuitem', { name: 'Copy as cURL', exact: true }).click()
    await expect.poll(copied).toBe(`curl '${demo.url}/api/users?page=1'`)
    await expect(panel.locator('output.announcement')).toHaveText('Copied 1 operation')
    await rows.first().click({ button: 'right' })
    await menu.getByRole('menuitem', { name: 'Copy all as JSON' }).click()
    const { operations } = await exportSession(inspected)
    await expect.poll(async () => JSON.parse((await copied()) || '[]')).toEqual(operations)
    await panel.getByRole('grid', { name: 'Operations' }).press('Shift+F10')
    await menu.getByRole('menuitem', { name: 'Copy as HAR', exact: true }).click()
    await expect
      .poll(async () => JSON.parse((await copied()) || '{}').log?.entries)
      .toMatchObject([{ request: { method: 'GET', url: `${demo.url}/api/users?page=1` }, response: { status: 200 } }])
    await rows.first().click({ button: 'right' })
    await menu.getByRole('menuitem', { name: 'Hide this status' }).click()
    await expect(panel.getByRole('combobox', { name: 'Filter' })).toHaveValue('-status:200')
    await expect(rows).toHaveCount(1)
  })

  await test.step('a point in the chart and a bar in the Timeline have the same menu', async () => {
    await panel.getByRole('combobox', { name: 'Filter' }).fill('')
    await expect(rows).toHaveCount(2)
    await rows.first().click()
    const id = await rows.first().getAttribute('data-id')
    await panel.getByRole('region', { name: 'Charts' }).focus()
    await frontend.keyboard.press('Shift+F10')
    await menu.getByRole('menuitem', { name: 'Show in Timeline' }).press('Enter')
    const bars = panel.getByRole('treegrid', { name: 'Timeline' })
    await expect(bars).toBeFocused()
    await expect(bars.locator('[aria-selected=true]')).toHaveAttribute('data-id', id as string)
    await frontend.keyboard.press('Shift+F10')
    await menu.getByRole('menuitem', { name: 'Show in Operations' }).press('Enter')
    await expect(panel.getByRole('grid', { name: 'Operations' })).toBeFocused()
  })

  await test.step('the charts fold away, and the edge below them moves; both are kept', async () => {
    const charts = panel.getByRole('region', { name: 'Charts' })
    const edge = panel.getByRole('separator', { name: 'Resize charts' })
    /** Where DevTools is low, the edge is beside the charts, and not below them. */
    const size = async (): Promise<number> => {
      const { width = 0, height = 0 } = (await charts.boundingBox()) ?? {}
      return Math.round(width * height)
    }
    const before = await size()
    await edge.focus()
    await frontend.keyboard.press('ArrowUp')
    await expect.poll(size).toBeLessThan(before * 0.95)
    const resized = await size()
    await panel.getByRole('button', { name: 'Memory', exact: true }).click()
    await expect(panel.getByRole('img', { name: 'Memory over time' })).toBeHidden()
    await reloadPanel(panel)
    await expect(panel.getByRole('button', { name: 'Memory', exact: true })).toHaveAttribute('aria-expanded', 'false')
    await expect.poll(size).toBe(resized)
  })
})

test('lists connections in their own view, and leaves them out of the durations', async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  await frontend.setViewportSize({ width: 2_400, height: 900 })
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async () => {
    await (await fetch('/api/users')).text()
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/none`)
    await new Promise(resolve => socket.addEventListener('close', resolve))
  })
  await panel.getByRole('tab', { name: 'Connections' }).click()
  const row = panel.getByRole('grid', { name: 'Connections' }).getByRole('row').filter({ hasText: 'WS' })
  await expect(row.locator('.state')).toHaveText('failed')
  await expect(row.locator('.code')).toHaveText('1006')
  await panel.getByRole('tab', { name: 'Operations' }).click()
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  const group = panel.getByRole('grid', { name: 'Operations by name' }).getByRole('row').filter({ hasText: 'WS' })
  await expect(group.locator('.count')).toHaveText('1')
  await expect(group.locator('.p95')).toHaveText('—')
})
