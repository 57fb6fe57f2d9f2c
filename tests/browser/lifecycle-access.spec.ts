// Test (real Chromium, real DevTools): pages that no extension may enter: the panel says which, and what to do.
import { openChromium } from '../../scripts/chromium-session.ts'
import { EXTENSION, expect, exportWhen, rowsOf, test } from './perf-test.ts'

test('the panel says what kind of page it is that cannot be recorded', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  const says = (title: string) => expect(panel.getByRole('heading', { name: title })).toBeVisible()
  await page.goto('chrome://version')
  await says('Browser pages can’t be recorded')
  await page.goto(`view-source:${demo.url}/empty`)
  await says('The source of a page can’t be recorded')
  await page.goto('data:text/html,own data')
  await says('This page can’t be recorded')
  // Not reached from here; its error page is the store's all the same.
  await page.goto('https://chromewebstore.google.com/').catch(() => undefined)
  await says('The extension store can’t be recorded')
  await page.goto('chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/page.html').catch(() => undefined)
  await says('Pages of other extensions can’t be recorded')
  await page.goto('http://nowhere.invalid/').catch(() => undefined)
  await says('This page didn’t load')
  await expect(panel.getByRole('button', { name: 'Reload page' })).toBeVisible()
  await page.goto(`${demo.url}/empty`)
  await says('Recording operations')
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('there', () => Promise.resolve()))
  await expect(rowsOf(panel)).toHaveCount(1)
  await page.goto('chrome://version')
  await expect(
    panel.getByText('Browser pages can’t be recorded. Open a web page in this tab to record it.'),
  ).toBeVisible()
})

test('a site that is withheld: the panel says so, asks for it, and records as soon as it is given', async ({
  demo,
}) => {
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: false })
  const [worker = await chromium.context.waitForEvent('serviceworker')] = chromium.context.serviceWorkers()
  const id = new URL(worker.url()).host
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  await page.goto(`${demo.url}/empty`)
  const extensions = await chromium.context.newPage()
  await extensions.goto('chrome://extensions')
  // As a user does it there.
  const configure = (how: string) =>
    extensions.evaluate(`chrome.developerPrivate.updateExtensionConfiguration({ extensionId: '${id}', ${how} })`)
  await configure('fileAccess: false')
  await configure(`hostAccess: 'ON_SPECIFIC_SITES'`)
  const inspected = { page, ...(await chromium.openDevtools(page)) }
  await expect(inspected.panel.getByRole('heading', { name: 'No access to this site' })).toBeVisible()
  await expect(inspected.panel.getByRole('button', { name: 'Allow access to 127.0.0.1' })).toBeVisible()
  await extensions.evaluate(`chrome.developerPrivate.addHostPermission('${id}', 'http://127.0.0.1/*')`)
  await expect(inspected.panel.getByRole('heading', { name: 'Recording operations' })).toBeVisible()
  await page.evaluate(() => fetch('/api/users/1'))
  await exportWhen(inspected, ({ operations }) => operations.some(({ outcome }) => outcome === 'ok'))
  const bar = inspected.panel.locator('.infobar')
  await configure(`hostAccess: 'ON_CLICK'`)
  await expect(bar).toContainText('No access to this site')
  await expect(bar.getByRole('button', { name: 'Allow access to 127.0.0.1' })).toBeVisible()
  await page.goto('file:///etc/hostname')
  await expect(bar).toContainText('For local files, enable “Allow access to file URLs”')
  await chromium.close()
})
