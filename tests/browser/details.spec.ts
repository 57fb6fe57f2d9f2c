// Test (real Chromium, real DevTools): the details of the selected operation.
import type { Frame, Page } from 'playwright/test'
import { openChromium } from '../../scripts/chromium-session.ts'
import type { SessionFile } from '../../session/format.ts'
import { EXTENSION, expect, exportWhen, rowsOf, showSingleOperations, test } from './shared-tab-test.ts'
import { record } from './workload.ts'

function detailsOf(panel: Frame) {
  return panel.getByRole('complementary', { name: 'Details' })
}

/** The clipboard as pasted into the page. It cannot be read directly. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const area = document.createElement('textarea')
    document.body.replaceChildren(area)
    area.focus()
  })
  await page.keyboard.press('Control+v')
  return page.evaluate(() => document.querySelector('textarea')?.value ?? '')
}

test('shows parent and children, and goes from one to the other', async ({ inspected, demo }) => {
  const { panel } = inspected
  const session = await record(inspected, demo.url)
  const child = session.operations.find(({ operationName }) => operationName === 'pay')
  const parent = session.operations.find(({ id }) => id === child?.parentId)
  await rowsOf(panel).first().click()
  await panel.getByRole('grid', { name: 'Operations' }).press('Home')
  for (const { id } of session.operations) {
    if (id === parent?.id) break
    await panel.getByRole('grid', { name: 'Operations' }).press('ArrowDown')
  }
  const details = detailsOf(panel)
  await expect(details).toContainText(parent?.id as string)
  await details.getByRole('button', { name: 'pay' }).click()
  await expect(details.locator('.field').filter({ hasText: 'ID' }).first()).toContainText(child?.id as string)
  await expect(panel.locator('[role=row][aria-selected=true]')).toHaveAttribute('data-id', child?.id as string)
  await details.getByRole('button', { name: 'checkout' }).click()
  await expect(panel.locator('[role=row][aria-selected=true]')).toHaveAttribute('data-id', parent?.id as string)

  const own = session.operations.filter(({ operationName }) => operationName === 'checkout')
  const less = own.filter(({ duration = 0 }) => duration < (parent?.duration ?? 0)).length
  await expect(details).toContainText(
    `Slower than ${Number(((less / own.length) * 100).toPrecision(2))}% of 15 similar operations`,
  )

  // Resized by pointer and by keyboard.
  const { frontend } = inspected
  const widthOf = async (): Promise<number> => (await details.boundingBox())?.width ?? 0
  const box = await details.boundingBox()
  if (!box) throw new Error('no details')
  await frontend.mouse.move(box.x, box.y + 50)
  await frontend.mouse.down()
  await frontend.mouse.move(box.x - 100, box.y + 50, { steps: 3 })
  await frontend.mouse.up()
  expect(await widthOf()).toBeCloseTo(box.width + 100, 0)
  const edge = details.getByRole('separator', { name: 'Resize details' })
  await edge.focus()
  await frontend.keyboard.press('ArrowRight')
  expect(await widthOf()).toBeLessThan(box.width + 60)
  await edge.dblclick()
  expect(await widthOf()).toBe(box.width)

  const cart = details.getByRole('button', { name: /^cart: / })
  await expect(cart).toHaveAttribute('aria-expanded', 'true')
  await cart.click()
  await expect(cart).toHaveAttribute('aria-expanded', 'false')
})

test('shows phases and a call stack that opens Sources, and copies the request', async ({ inspected, demo }) => {
  const { page, frontend, panel } = inspected
  await frontend.setViewportSize({ width: 1600, height: 900 })
  await page.goto(`${demo.url}/empty`)
  const script = `async function load() { await (await fetch("/api/users?q='it'", { method: 'POST', body: 'a=1' })).text() }; load()`
  await page.addScriptTag({ content: `${script}\n//# sourceURL=${demo.url}/load.js` })
  const session = await exportWhen(inspected, ({ operations }) =>
    operations.some(({ http }) => http?.phases !== undefined && http.devtools?.initiator?.stack !== undefined),
  )
  await rowsOf(panel).first().click()
  const details = detailsOf(panel)
  await expect(details.getByText('Waiting for server response')).toBeVisible()
  // The URL as it was sent. The name and the group leave parts of it out.
  await expect(details.locator('.field').filter({ hasText: 'URL' }).first()).toContainText(`${demo.url}/api/users?q=`)

  // What DevTools knows of it.
  const { mimeType, requestBodySize } = session.operations[0]?.http?.devtools ?? {}
  expect([mimeType, requestBodySize]).toEqual(['application/json', 3])
  await expect(details.locator('.field').filter({ hasText: 'MIME type' })).toContainText('application/json')
  await expect(details.locator('.field').filter({ hasText: 'Request body' })).toContainText('3')

  const button = details.getByRole('button', { name: 'Copy', exact: true })
  expect(await button.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  const copy = async (name: string) => {
    await details.getByRole('button', { name: 'Copy', exact: true }).click()
    await panel.getByRole('button', { name: `Copy as ${name}` }).click()
    await expect(details.getByText(`Copied as ${name}`)).toBeVisible()
    return pasted(page)
  }
  expect(JSON.parse(await copy('JSON'))).toEqual(session.operations[0])
  const url = `${demo.url}/api/users?q=%27it%27`
  expect(await copy('cURL')).toBe(`curl '${url}' --request 'POST'`)
  expect(await copy('fetch')).toBe(`// Headers and body are not recorded.\nawait fetch("${url}", { method: "POST" })`)

  await details
    .getByRole('button', { name: `${demo.url}/load.js` })
    .first()
    .click()
  await expect(frontend.getByRole('tab', { name: 'Sources', exact: true })).toHaveAttribute('aria-selected', 'true')
  await expect(frontend.getByRole('tab', { name: 'load.js' })).toBeVisible()
})

test('stacks are the page’s alone, in the details, in copies and in exports', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  const script = `async function first() { await fetch('/api/users?1') }
    async function second() { await first(); setTimeout(third) }
    function third() { fetch('/api/reset').catch(() => {}) }
    second()
    PerformanceMonitor.getInstance().trackOperation('checkout', () => fetch('/api/reset')).catch(() => {})
    new WebSocket('ws://' + location.host + '/none')`
  await page.addScriptTag({ content: `${script}\n//# sourceURL=${demo.url}/load.js` })
  const isKnown = ({ operations }: SessionFile): boolean => {
    const requests = operations.flatMap(({ http, connection }) => http ?? connection ?? [])
    const haveEnded = operations.every(({ outcome }) => outcome !== 'pending')
    return (
      haveEnded && requests.length === 4 && requests.every(({ devtools }) => devtools?.initiator?.stack !== undefined)
    )
  }
  const session = await exportWhen(inspected, isKnown)
  expect(session.operations.find(({ error }) => error?.stack)?.error?.stack).toMatch(
    /^TypeError: Failed to fetch\n +at .*load\.js/,
  )
  expect(JSON.stringify(session)).toContain('third ')
  const ours = /perf-page-script|extension:/
  expect(JSON.stringify(session)).not.toMatch(ours)

  const details = detailsOf(panel)
  for (const { operationName } of session.operations) {
    await rowsOf(panel).locator('.name').filter({ hasText: operationName }).first().click()
    await expect(details.getByRole('heading', { name: operationName })).toBeVisible()
    await expect(details).not.toContainText(ours)
    await details.getByRole('button', { name: 'Copy', exact: true }).click()
    await panel.getByRole('button', { name: 'Copy as JSON' }).click()
    await expect(details.getByText('Copied as JSON')).toBeVisible()
    expect(await pasted(page)).not.toMatch(ours)
  }
})

test('do not get wider for a long name, which is shown in full', async ({ demo }) => {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true, dock: 'undocked' })
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  const { frontend, panel } = await chromium.devtoolsFor(page)
  await showSingleOperations(panel)
  await page.goto(`${demo.url}/empty`)
  const long = 'long '.repeat(90).trim()
  await page.evaluate(async name => {
    const monitor = window.PerformanceMonitor.getInstance()
    await monitor.trackOperation('short', () => Promise.resolve())
    await monitor.trackOperation(name, () => Promise.resolve())
  }, long)
  const grid = panel.getByRole('grid', { name: 'Operations' })
  const details = detailsOf(panel)
  for (const width of [1_400, 900, 520, 360]) {
    await frontend.setViewportSize({ width, height: 800 })
    await expect.poll(() => panel.evaluate(() => innerWidth)).toBe(width)
    await rowsOf(panel).filter({ hasText: 'short' }).click()
    await expect(details.getByRole('heading', { name: 'short' })).toBeVisible()
    const before = [await grid.boundingBox(), await details.boundingBox()]
    await rowsOf(panel).filter({ hasText: long }).click()
    await expect(details.getByTitle(long)).toBeVisible()
    expect([await grid.boundingBox(), await details.boundingBox()], `${width} px`).toEqual(before)
    for (const name of ['Copy', 'Close details']) {
      await expect(details.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
    }
  }
  await chromium.close()
})
