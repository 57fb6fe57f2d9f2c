// Test (real Chromium, real DevTools): where the scripts are, and where they are not.
import type { Page } from 'playwright/test'
import { openChromium } from '../../scripts/chromium-session.ts'
import { EXTENSION, expect, exportWhen, succeeded, test } from './perf-test.ts'

/** What the page's first inline script saw. */
interface FirstScript {
  fetch: string
  monitor: string
}

const FIRST_SCRIPT_PAGE = `<!doctype html><script>
  window.firstScript = { fetch: Function.prototype.toString.call(fetch), monitor: typeof window.PerformanceMonitor }
</script>`

/** Loads a page whose first inline script looks around, loads it again, and tells what it saw. */
async function firstScriptOnReload(page: Page, url: string): Promise<FirstScript> {
  await page.route(`${url}/first-script`, route => route.fulfill({ contentType: 'text/html', body: FIRST_SCRIPT_PAGE }))
  await page.goto(`${url}/first-script`)
  await page.reload()
  return page.evaluate(() => (window as unknown as { firstScript: FirstScript }).firstScript)
}

test("the page's first inline script sees the patch and the monitor, on a reload", async ({ inspected, demo }) => {
  const seen = await firstScriptOnReload(inspected.page, demo.url)
  expect(seen).toEqual({ fetch: 'function () { [native code] }', monitor: 'function' })
})

test('with DevTools closed a page has neither', async ({ demo }) => {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: false })
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  const seen = await firstScriptOnReload(page, demo.url)
  expect(seen).toEqual({ fetch: 'function fetch() { [native code] }', monitor: 'undefined' })
  const [worker = await chromium.context.waitForEvent('serviceworker')] = chromium.context.serviceWorkers()
  const registered = await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())
  expect(registered).toEqual([])
  await chromium.close()
})

test('two inspected tabs do not mix', async ({ chromium, inspected, demo }) => {
  const second = await chromium.context.newPage()
  const other = { page: second, ...(await chromium.devtoolsFor(second)) }
  await inspected.page.goto(`${demo.url}/empty?one`)
  await second.goto(`${demo.url}/empty?two`)
  await inspected.page.evaluate(() => fetch('/api/users/1'))
  await second.evaluate(() => fetch('/api/users/2'))
  const names = async (tab: typeof inspected) => {
    const session = await exportWhen(tab, ({ operations }) => operations.length > 0)
    return session.operations.map(({ operationName }) => operationName)
  }
  expect(await names(inspected)).toEqual(['GET /api/users/1'])
  expect(await names(other)).toEqual(['GET /api/users/2'])
})

test("an iframe's operations are recorded and attributed", async ({ inspected, demo }) => {
  const { page } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async otherOrigin => {
    for (const src of ['/empty?frame', `${otherOrigin}/empty?frame`]) {
      const frame = document.createElement('iframe')
      frame.src = src
      await new Promise(resolve => {
        frame.onload = resolve
        document.body.append(frame)
      })
    }
  }, demo.otherOrigin)
  const [top, ...frames] = page.frames()
  await top?.evaluate(() => fetch('/api/users/1'))
  for (const [i, frame] of frames.entries()) await frame.evaluate(id => fetch(`/api/users/${id}`), i + 2)
  const session = await exportWhen(inspected, found => succeeded(found) === 3)
  const frameIds = session.operations.map(({ frameId }) => frameId)
  expect(frameIds.filter(id => id === 0)).toHaveLength(1)
  expect(new Set(frameIds).size).toBe(3)
  const documents = new Map(session.documents.map(({ documentId, url }) => [documentId, url]))
  for (const { documentId, operationName, frameId } of session.operations) {
    if (frameId !== 0) expect(documents.get(documentId)).toContain('?frame')
    expect(operationName).toMatch(/^GET \/api\/users\/[123]$/)
  }
})

test('DevTools opened on a page that runs already: it is recorded at once, earlier requests as remembered', async ({
  demo,
}) => {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: false })
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async () => {
    await (await fetch('/api/users/1')).text()
    await (await fetch('/api/status/404')).text()
    // It is still running when DevTools is opened.
    const running = new AbortController()
    fetch('/api/hang', { signal: running.signal }).catch(() => undefined)
    Object.assign(window, { running })
  })
  const inspected = { page, ...(await chromium.openDevtools(page)) }
  await expect.poll(() => page.evaluate(() => typeof window.PerformanceMonitor)).toBe('function')
  await page.evaluate(async () => {
    await (await fetch('/api/users/2')).text()
  })
  const { operations } = await exportWhen(
    inspected,
    session => session.operations.filter(({ outcome }) => outcome !== 'pending').length === 3,
  )
  expect(operations.map(({ operationName, outcome, http }) => [operationName, outcome, http?.source])).toEqual([
    ['/api/users/1', 'ok', 'resource-timing'],
    ['/api/status/404', 'failed', 'resource-timing'],
    ['GET /api/users/2', 'ok', undefined],
  ])

  // The methods of earlier requests are unknown, but one endpoint is still one group.
  const { panel } = inspected
  await panel.getByRole('tab', { name: 'Operations' }).click()
  const groups = panel.getByRole('grid', { name: 'Operations' }).getByRole('row')
  await expect(groups.filter({ hasText: '/api/users/:id' })).toHaveCount(1)
  await expect(groups.filter({ hasText: '/api/users/:id' })).toContainText(/GET \/api\/users\/:id\D*2/)
  const missing = panel.getByText('2 requests began before Perf was open.')
  await expect(missing).toBeVisible()
  await page.evaluate(() => (Reflect.get(window, 'running') as AbortController).abort())
  await expect(panel.getByText('3 requests began before Perf was open.')).toBeVisible()
  await panel.getByRole('button', { name: 'Reload page' }).click()
  await expect(panel.getByText('began before Perf was open')).toBeHidden()
  await chromium.close()
})
