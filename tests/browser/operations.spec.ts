// Test (real Chromium, real DevTools): the tabs below the charts, and the tables of the Operations tab.
import type { Frame, Locator } from 'playwright/test'
import { openChromium } from '../../scripts/chromium-session.ts'
import { EXTENSION, expect, exportWhen, reloadPanel, rowsOf, test } from './shared-tab-test.ts'
import { record } from './workload.ts'

function groupsOf(panel: Frame): Locator {
  return panel
    .getByRole('grid', { name: 'Operations by name' })
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })
}

/** The texts of a column in the order of the table. Rows are reused, so the document has them in any order. */
function texts(rows: Locator, key: string): Promise<string[]> {
  return rows.evaluateAll(
    (found, cell) =>
      found
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map(row => row.querySelector(`.cell.${cell}`)?.textContent ?? ''),
    key,
  )
}

test('switches tabs by keyboard, and keeps the open one', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  const tab = (name: string) => panel.getByRole('tab', { name })
  await expect(tab('Operations')).toHaveAttribute('aria-selected', 'true')
  await tab('Operations').focus()
  await tab('Operations').press('ArrowRight')
  await expect(tab('Timeline')).toBeFocused()
  await expect(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
  await tab('Timeline').press('ArrowRight')
  await expect(tab('Connections')).toBeFocused()
  await tab('Connections').press('ArrowRight')
  await expect(tab('Compare')).toBeFocused()
  await tab('Compare').press('ArrowRight')
  await expect(tab('Insights')).toBeFocused()
  await tab('Insights').press('ArrowRight')
  await expect(tab('Summary')).toBeFocused()
  await expect(panel.getByRole('tabpanel', { name: 'Summary' })).toBeVisible()
  await reloadPanel(panel)
  await expect(tab('Summary')).toHaveAttribute('aria-selected', 'true')
})

test('groups GraphQL requests by the operation named in a string body, and keeps nothing else of the body', async ({
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async () => {
    const send = (body: BodyInit) => fetch('/api/graphql', { method: 'POST', body })
    const variables = { password: 's3cret' }
    await send(JSON.stringify({ operationName: 'GetUser', variables, query: 'query GetUser { user { id } }' }))
    await send(JSON.stringify({ operationName: 'GetUser', variables: {} }))
    await send(JSON.stringify({ query: '\n  mutation SaveCart($cart: Cart) { save }', variables }))
    await send(new Blob(['query Unread { a }']))
    const xhr = new XMLHttpRequest()
    xhr.open('POST', '/api/graphql')
    xhr.send(JSON.stringify({ operationName: 'ByXhr', variables }))
    await new Promise(resolve => xhr.addEventListener('loadend', resolve))
  })
  const { operations } = await exportWhen(
    inspected,
    ({ operations }) => operations.length === 5 && operations.every(({ outcome }) => outcome !== 'pending'),
  )
  const names = operations.map(({ http }) => http?.graphql)
  expect(names).toEqual(['GetUser', 'GetUser', 'SaveCart', undefined, 'ByXhr'])
  expect(JSON.stringify(operations)).not.toContain('s3cret')
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  await expect(groupsOf(panel)).toHaveCount(4)
  const shown = (await texts(groupsOf(panel), 'name')).map(text => text.replace(/Show all$/, ''))
  expect(shown.sort()).toEqual([
    'POST /api/graphql',
    'POST /api/graphql ByXhr',
    'POST /api/graphql GetUser',
    'POST /api/graphql SaveCart',
  ])
})

test('sorts by any column, by click and by keyboard', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  const header = (name: string) => panel.getByRole('columnheader', { name, exact: true })
  await header('Time').click()
  await expect(header('Time')).toHaveAttribute('aria-sort', 'descending')
  const durations = (await texts(rowsOf(panel), 'duration')).map(Number.parseFloat)
  expect(durations).toEqual(durations.toSorted((a, b) => b - a))
  await header('Name').click()
  await expect(header('Name')).toHaveAttribute('aria-sort', 'ascending')
  const names = await texts(rowsOf(panel), 'name')
  expect(names).toEqual(names.toSorted())
  await header('Name').getByRole('button').press('Enter')
  await expect(header('Name')).toHaveAttribute('aria-sort', 'descending')
  expect((await texts(rowsOf(panel), 'name'))[0]).toBe('search')

  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  await expect(header('Total time')).toHaveAttribute('aria-sort', 'descending')
  await header('Name').getByRole('button').focus()
  await header('Name').getByRole('button').press('ArrowRight')
  await expect(header('Count').getByRole('button')).toBeFocused()
  await header('Count').getByRole('button').press('Space')
  await expect(header('Count')).toHaveAttribute('aria-sort', 'descending')
  await header('Count').getByRole('button').press('Space')
  await expect(header('Count')).toHaveAttribute('aria-sort', 'ascending')
  const counts = (await texts(groupsOf(panel), 'count')).map(Number)
  expect(counts).toEqual([15, 15, 15, 15, 15])
})

test('resizes columns by pointer and by keyboard', async ({ inspected, demo }) => {
  const { frontend, panel } = inspected
  await record(inspected, demo.url)
  const header = panel.getByRole('columnheader', { name: 'Outcome', exact: true })
  const cell = rowsOf(panel).first().locator('.cell.outcome')
  const widthOf = async (of: Locator): Promise<number> => (await of.boundingBox())?.width ?? 0
  const before = await widthOf(header)
  const box = await header.boundingBox()
  if (!box) throw new Error('no column')
  await frontend.mouse.move(box.x + 2, box.y + 10)
  await frontend.mouse.down()
  await frontend.mouse.move(box.x - 48, box.y + 10, { steps: 3 })
  await frontend.mouse.up()
  expect(await widthOf(header)).toBe(before + 50)
  expect(await widthOf(cell)).toBe(before + 50)
  await header.getByRole('button').focus()
  await frontend.keyboard.press('Shift+ArrowLeft')
  expect(await widthOf(cell)).toBe(before + 60)
  for (let presses = 0; presses < 40; presses++) await frontend.keyboard.press('Shift+ArrowRight')
  expect(await widthOf(cell)).toBe(40)
  await expect(header.getByRole('button')).toBeFocused()
})

test('has columns that are wide enough for every kind and outcome', async ({ inspected, demo }) => {
  const { page, frontend, panel } = inspected
  await frontend.setViewportSize({ width: 1_300, height: 850 })
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    navigator.sendBeacon('/api/echo')
    new WebSocket('/api/echo')
    new EventSource('/api/stream')
    fetch('/api/hang').catch(() => undefined)
  })
  await expect(rowsOf(panel)).toHaveCount(4)
  await page.goto(`${demo.url}/empty?next`)
  await expect(rowsOf(panel).filter({ hasText: 'cancelled' }).first()).toBeVisible()
  // The longest outcome. What the page left running is cancelled, so no operation here has it.
  const outcome = panel.locator('.body .outcome').first()
  await outcome.evaluate(cell => cell.replaceChildren('no end recorded'))
  const cut = await panel
    .locator('.body :is(.kind, .outcome)')
    .evaluateAll(cells =>
      cells.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(cell => cell.textContent),
    )
  expect(cut).toEqual([])
})

test('cuts nothing off in a narrow tab', async ({ demo }) => {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true, dock: 'undocked' })
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  const { frontend, panel } = await chromium.devtoolsFor(page)
  await panel.getByRole('tab', { name: 'Operations' }).click()
  await record({ page, frontend, panel }, demo.url)
  for (const width of [1_000, 700, 500, 380, 320]) {
    await frontend.setViewportSize({ width, height: 800 })
    await expect.poll(() => panel.evaluate(() => innerWidth)).toBe(width)
    for (const grouped of [true, false]) {
      await panel.getByRole('checkbox', { name: 'Group by name' }).setChecked(grouped)
      const [over, names] = await panel
        .getByRole('grid')
        .evaluate(grid => [
          grid.scrollWidth - grid.clientWidth,
          Math.min(...[...grid.querySelectorAll('.body .name')].map(cell => cell.getBoundingClientRect().width)),
        ])
      expect(over, `${width} px`).toBe(0)
      expect(names, `${width} px`).toBeGreaterThanOrEqual(100)
      await expect(panel.getByText('Group by name')).toBeInViewport({ ratio: 1 })
    }
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    // A moment has the same place in the charts and in the Timeline below them.
    const edges = async (part: string): Promise<number[]> => {
      const { x = 0, width: own = 0 } = (await panel.locator(part).boundingBox()) ?? {}
      return [x, x + own].map(Math.round)
    }
    const [left = 0, right] = await edges('.timeline .head .track')
    await expect.poll(() => edges('.chart.durations .u-over'), `${width} px`).toEqual([left + 1, right])
    const legend = await panel.locator('.phase-legend').boundingBox()
    for (const phase of await panel.locator('.phase-legend .key').all()) {
      const { x = 0, y = 0, width: own = 0, height = 0 } = (await phase.boundingBox()) ?? {}
      expect(x + own, `${width} px`).toBeLessThanOrEqual(width)
      expect(y + height, `${width} px`).toBeLessThanOrEqual((legend?.y ?? 0) + (legend?.height ?? 0))
    }
    await panel.getByRole('tab', { name: 'Operations' }).click()
  }
  // Docked at the bottom or at the right, in a small window. DevTools' own tabs are above the panel.
  const low = [380, 600, 900, 1_280].map(width => ({ width, height: 272 }))
  const small = [380, 554, 700, 1_000].flatMap(width => [493, 530, 600].map(height => ({ width, height })))
  for (const { width, height } of [...low, ...small]) {
    await frontend.setViewportSize({ width, height })
    const grid = panel.getByRole('grid')
    const visibleRows = () =>
      grid.evaluate(
        ({ clientHeight, firstElementChild }) => (clientHeight - (firstElementChild?.clientHeight ?? 0)) / 21,
      )
    await expect.poll(() => panel.evaluate(() => innerWidth)).toBe(width)
    await expect.poll(visibleRows, `${width} × ${height}`).toBeGreaterThanOrEqual(6)
  }
  await chromium.close()
})

test('opens a group as the list of its operations, slowest first, and closes it again', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  const check = panel.getByRole('checkbox', { name: 'Group by name' })
  await check.check()
  await groupsOf(panel).filter({ hasText: 'checkout' }).click()
  await panel.getByRole('grid', { name: 'Operations by name' }).press('Enter')
  await expect(check).not.toBeChecked()
  await expect(panel.getByRole('grid', { name: 'Operations' })).toHaveAttribute('aria-rowcount', '16')
  expect(new Set(await texts(rowsOf(panel), 'name'))).toEqual(new Set(['checkout']))
  await expect(panel.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'descending')
  // The statistics are those of the shown operations.
  await expect(panel.getByRole('status')).toContainText('15 / 75 operations')
  await expect(panel.getByRole('combobox', { name: 'Filter' })).toHaveValue('route=checkout')
  await panel.getByRole('button', { name: 'Clear filter' }).click()
  await check.check()
  await expect(groupsOf(panel)).toHaveCount(5)
  const group = groupsOf(panel).filter({ hasText: 'render list' })
  await group.hover()
  await group.getByRole('button', { name: 'Show all' }).click()
  await expect(panel.getByRole('grid', { name: 'Operations' })).toHaveAttribute('aria-rowcount', '16')
  expect(new Set(await texts(rowsOf(panel), 'name'))).toEqual(new Set(['render list']))
})

test('keeps the selection in another order', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  await rowsOf(panel).first().click()
  const selected = panel.locator('[role=row][aria-selected=true]')
  const id = await selected.getAttribute('data-id')
  await panel.getByRole('columnheader', { name: 'Time' }).click()
  await expect(selected).toHaveAttribute('data-id', id as string)
  await expect(selected).toBeInViewport()
  await expect(panel.getByRole('complementary', { name: 'Details' })).toContainText(id as string)
})
