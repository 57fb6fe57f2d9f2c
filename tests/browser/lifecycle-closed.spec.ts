// Test (real Chromium, real DevTools): nothing of us is where nobody looks.
import type { Page } from 'playwright/test'
import { withBrowserAlone } from './browser-alone.ts'
import { expect, exportWhen, test } from './perf-test.ts'

/** What a page can see of us. */
const look = (page: Page) =>
  page.evaluate(() => [Function.prototype.toString.call(fetch), typeof window.PerformanceMonitor])
const UNTOUCHED = ['function fetch() { [native code] }', 'undefined']
const RECORDED = ['function () { [native code] }', 'function']

test('a tab that is not inspected removes its patches at once, and nothing of it is stored', async ({
  chromium,
  inspected,
  demo,
}) => {
  const other = await chromium.context.newPage()
  const { frontend } = await chromium.devtoolsFor(other)
  await frontend.close()
  await inspected.page.goto(`${demo.url}/empty?inspected`)
  await other.route('**/watched', route =>
    route.fulfill({
      contentType: 'text/html',
      // Milliseconds from the first script to the native fetch.
      body: `<!doctype html><script>
        const start = performance.now()
        void window.PerformanceMonitor?.getInstance().trackOperation('not inspected', async () => {})
        const timer = setInterval(() => {
          if (!Function.prototype.toString.call(fetch).includes('fetch')) return
          clearInterval(timer)
          window.took = performance.now() - start
        }, 1)
      </script>`,
    }),
  )
  await other.goto(`${demo.url}/watched`)
  const took = await other.waitForFunction(() => (window as unknown as { took?: number }).took)
  expect(await look(other)).toEqual(UNTOUCHED)
  // The worker has to answer: some 10 ms by itself, with a busy machine's delays here.
  expect(await took.jsonValue()).toBeLessThan(1_000)
  await inspected.page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('seen', async () => 1))
  const session = await exportWhen(inspected, ({ operations }) => operations.length > 0)
  expect(session.operations.map(({ operationName }) => operationName)).toEqual(['seen'])
})

test('after the last DevTools closed a wrapper under the page’s own is inert', async ({ inspected, demo }) => {
  const { page, frontend } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    const below = window.fetch
    window.fetch = Object.assign((...args: Parameters<typeof fetch>) => below(...args), { own: true })
  })
  await frontend.close()
  await expect.poll(() => page.evaluate(() => typeof window.PerformanceMonitor)).toBe('undefined')
  expect(await page.evaluate(async () => ['own' in fetch, (await fetch('/api/users/1')).status])).toEqual([true, 200])
})

test('the extension is reloaded while it is in use: pages get all back, and DevTools opened again records', async ({
  chromium,
  inspected,
  demo,
}) => {
  const { page, frontend, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  expect(await look(page)).toEqual(RECORDED)
  // As it fails in a browser that leaves the panel open. It asks again when another document comes.
  await panel.evaluate(() => {
    chrome.runtime.sendMessage = () => Promise.reject(new Error('Extension context invalidated.'))
    Reflect.deleteProperty(chrome.runtime, 'id')
  })
  await page.reload()
  await expect(panel.getByRole('alert')).toContainText('Recording stopped: the extension was updated or reloaded')
  await panel.getByTitle('Switch session').click()
  await expect(panel.getByText('Couldn’t load sessions')).toBeVisible()
  await panel.getByRole('button', { name: /^Live Recording/ }).click()
  await panel.getByRole('button', { name: 'Reload Perf' }).click()
  await expect(panel.getByRole('heading', { name: 'Recording operations' })).toBeVisible()
  // Chromium closes the DevTools that show a panel of an extension that goes.
  const closed = frontend.waitForEvent('close')
  await chromium.context.serviceWorkers()[0]?.evaluate(() => setTimeout(() => chrome.runtime.reload()))
  await closed
  await expect.poll(() => look(page)).toEqual(UNTOUCHED)
  const again = { page, ...(await chromium.openDevtools(page)) }
  await expect.poll(() => look(page)).toEqual(RECORDED)
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('again', async () => 1))
  await exportWhen(again, ({ operations }) => operations.some(({ operationName }) => operationName === 'again'))
})

/** Names the run of the extension's worker, if there is one. */
async function runningWorker(port: number): Promise<string | undefined> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { type: string; id: string }[]
  return targets.find(({ type }) => type === 'service_worker')?.id
}

test('the worker is awake while DevTools is open, so that a page finds it ready, and falls asleep otherwise', {
  tag: '@waits',
}, async () => {
  const fallsAsleep = withBrowserAlone({ devtools: false, url: 'about:blank' }, async port => {
    await expect.poll(() => runningWorker(port)).toBeDefined()
    await expect.poll(() => runningWorker(port), { timeout: 60_000 }).toBeUndefined()
  })
  const staysAwake = withBrowserAlone({ devtools: true, url: 'about:blank' }, async port => {
    await expect.poll(() => runningWorker(port)).toBeDefined()
    const runs = new Set([await runningWorker(port)])
    // Longer than a browser lets an idle worker run.
    const end = performance.now() + 45_000
    const isOver = async (): Promise<boolean> => {
      runs.add(await runningWorker(port))
      return performance.now() > end
    }
    await expect.poll(isOver, { timeout: 60_000 }).toBe(true)
    expect(runs.size).toBe(1)
  })
  // Both wait for long.
  await Promise.all([fallsAsleep, staysAwake])
})
