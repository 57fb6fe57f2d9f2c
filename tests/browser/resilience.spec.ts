// Test (real Chromium, real DevTools): the worker dies, DevTools closes, the panel comes late.
import type { Page, Route } from 'playwright/test'
import { killWorker } from '../../bench/torture/kill-worker.ts'
import type { ChromiumSession } from '../../scripts/chromium-session.ts'
import { lockSessions } from '../../scripts/lock-sessions.ts'
import type { SessionFile } from '../../session/format.ts'
import { inspectedEval } from './inspected-eval.ts'
import { expect, exportSession, exportWhen, rowsOf, succeeded, test, track } from './perf-test.ts'
import { schemaErrors } from './session-schema.ts'

async function registeredScripts({ context }: ChromiumSession): Promise<unknown> {
  return context.serviceWorkers()[0]?.evaluate(() => chrome.scripting.getRegisteredContentScripts())
}

/** A page that tracks an operation and hangs then, its relay too, until the request that this resolves with is answered. */
async function openHung(page: Page, url: string): Promise<Route> {
  const body = `<script>PerformanceMonitor.getInstance().trackOperation('made', async () => 1)</script>
    <script>const held = new XMLHttpRequest(); held.open('GET', '/held', false); held.send()</script>`
  await page.route(url, route => route.fulfill({ contentType: 'text/html', body }))
  const held = new Promise<Route>(resolve => page.route('**/held', resolve))
  page.goto(url).catch(() => undefined)
  return held
}

test('what is recorded while the worker dies is stored, once', async ({ inspected, chromium, demo }) => {
  const { page } = inspected
  await page.goto(`${demo.url}/empty`)
  const trackMany = (from: number, to: number) =>
    page.evaluate(
      async ([first, last]) => {
        const monitor = window.PerformanceMonitor.getInstance()
        for (let i = first; i < last; i++) {
          await monitor.trackOperation(`op ${i}`, () => new Promise(resolve => setTimeout(resolve, 2)))
        }
      },
      [from, to] as const,
    )
  for (let round = 0; round < 5; round++) {
    const tracking = trackMany(round * 100, round * 100 + 100)
    await expect.poll(() => killWorker(chromium)).toBe(true)
    await tracking
  }
  const session = await exportWhen(inspected, found => succeeded(found) >= 500)
  const names = session.operations.map(({ operationName }) => operationName)
  expect(names).toEqual(Array.from({ length: 500 }, (_, i) => `op ${i}`))
  expect(session.gaps).toEqual([])
})

test('a page that reaches no worker before DevTools is closed is stored when it does', async ({
  inspected,
  chromium,
  demo,
}) => {
  const { page, frontend, panel } = inspected
  await panel.evaluate(lockSessions)
  const request = await openHung(page, `${demo.url}/made`)
  await expect.poll(() => killWorker(chromium)).toBe(true)
  await frontend.close()
  // Rejects while the worker is starting again.
  await expect.poll(() => registeredScripts(chromium).catch(() => undefined)).toEqual([])
  await request.fulfill({ body: '' })
  const reopened = await chromium.openDevtools(page)
  const session = await exportWhen({ page, ...reopened }, ({ operations }) => operations.length > 0)
  expect(session.operations.some(({ operationName }) => operationName === 'made')).toBe(true)
})

test('a page that hangs keeps nobody waiting: recording is switched, the session cleared', async ({
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  const request = await openHung(page, `${demo.url}/made`)
  const record = panel.getByRole('button', { name: 'Record' })
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'true')
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect.poll(async () => (await exportSession(inspected)).gaps).toEqual([])
  await request.fulfill({ body: '' })
  await track(page, 'after')
  await expect(rowsOf(panel).filter({ hasText: 'after' })).toHaveCount(1)
})

test('closing DevTools gives the page its fetch back and takes the scripts out', async ({
  inspected,
  chromium,
  demo,
}) => {
  const { page, frontend } = inspected
  await page.goto(`${demo.url}/empty`)
  const state = () => page.evaluate(() => [Function.prototype.toString.call(fetch), typeof window.PerformanceMonitor])
  expect(await state()).toEqual(['function () { [native code] }', 'function'])
  await frontend.close()
  await expect.poll(state).toEqual(['function fetch() { [native code] }', 'undefined'])
  await expect.poll(() => registeredScripts(chromium)).toEqual([])
  await page.reload()
  expect(await state()).toEqual(['function fetch() { [native code] }', 'undefined'])
})

test('DevTools closed and opened again: no request twice, and what ran meanwhile ends', async ({
  inspected,
  chromium,
  demo,
}) => {
  const { page, frontend, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  const get = (path: string) =>
    page.evaluate(
      url =>
        fetch(url)
          .then(response => response.text())
          .then(() => 1),
      path,
    )
  await get('/api/users/1')
  const slow = get('/api/slow?ms=3000')
  await expect(rowsOf(panel)).toHaveCount(2)
  await frontend.close()
  await expect.poll(() => page.evaluate(() => 'PerformanceMonitor' in window)).toBe(false)
  await get('/api/users/2')
  const reopened = { page, ...(await chromium.openDevtools(page)) }
  await slow
  await track(page, 'last')
  const { operations } = await exportWhen(reopened, found => succeeded(found) >= 4)
  expect(operations.at(-1)?.operationName).toBe('last')
  const requests = operations.filter(({ kind }) => kind === 'fetch')
  expect(requests.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
    ['GET /api/users/1', 'ok'],
    ['GET /api/slow', 'ok'],
    ['/api/users/2', 'ok'],
  ])
  expect(requests[1]?.duration).toBeGreaterThan(2_900)
})

test('the last operations of a page that is left are stored', async ({ inspected, demo }) => {
  const { page } = inspected
  for (let visit = 0; visit < 5; visit++) {
    await page.goto(`${demo.url}/empty?${visit}`)
    await page.evaluate(async id => {
      for (let i = 0; i < 20; i++) {
        await window.PerformanceMonitor.getInstance().trackOperation(`${id}.${i}`, () => Promise.resolve())
      }
      location.href = '/empty?left'
    }, visit)
    await page.waitForURL('**/empty?left')
  }
  const session = await exportWhen(inspected, ({ operations }) => operations.length >= 100)
  expect(session.operations).toHaveLength(100)
  expect(session.gaps).toEqual([])
})

test('a page that is left before any worker has heard of it is stored, or counted as lost', async ({
  inspected,
  chromium,
  demo,
}) => {
  const { page } = inspected
  await page.goto(`${demo.url}/empty`)
  const body = `<script>
      for (let i = 0; i < 5; i++) PerformanceMonitor.getInstance().trackOperation('made', async () => 1)
      addEventListener('load', () => location.replace('/empty?next'))
    </script>`
  await page.route('**/left*', route => route.fulfill({ contentType: 'text/html', body }))
  const visits = 8
  for (let visit = 0; visit < visits; visit++) {
    await expect.poll(() => killWorker(chromium)).toBe(true)
    // It is starting again, as DevTools connects: sometimes the page is gone first.
    void killWorker(chromium)
    await page.goto(`${demo.url}/left?${visit}`).catch(() => undefined)
    await page.waitForURL('**/empty?next')
  }
  const lostIn = ({ gaps }: SessionFile) => gaps.reduce((sum, { count = 0 }) => sum + count, 0)
  const madeIn = ({ operations }: SessionFile) => operations.filter(({ kind }) => kind === 'custom').length
  const session = await exportWhen(inspected, found => madeIn(found) + lostIn(found) >= 5 * visits)
  expect(madeIn(session) + lostIn(session)).toBe(5 * visits)
  expect(schemaErrors(session)).toEqual([])
})

test('a page that crashes: what was stored is kept, the panel says so, and it is recorded on when it is reloaded', async ({
  inspected,
  demo,
  chromium,
}) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    const monitor = window.PerformanceMonitor.getInstance()
    void monitor.trackOperation('before', async () => 1)
    void fetch('/api/slow?ms=60000')
    void monitor.trackOperation('runs', () => new Promise(() => {}))
  })
  await expect(rowsOf(panel)).toHaveCount(3)
  const protocol = await chromium.context.newCDPSession(page)
  // Nobody is left to answer.
  protocol.send('Page.crash').catch(() => undefined)
  await expect(panel.getByRole('alert')).toContainText('The page crashed')
  const crashed = await exportSession(inspected)
  const of = (name: string) => crashed.operations.find(({ operationName }) => operationName === name)
  expect(of('before')?.outcome).toBe('ok')
  expect([of('GET /api/slow')?.endUnknown, of('runs')?.endUnknown]).toEqual(Array(2).fill('page-crashed'))
  await expect(rowsOf(panel).filter({ hasText: 'no end recorded' })).toHaveCount(2)
  expect(crashed.gaps).toMatchObject([{ reason: 'page-crashed' }])
  expect(crashed.gaps[0]?.count).toBeUndefined()
  expect(schemaErrors(crashed)).toEqual([])
  await panel.getByRole('alert').getByRole('button', { name: 'Reload page' }).click()
  await expect(panel.getByRole('alert')).toHaveCount(0)
  await inspectedEval(panel, `void PerformanceMonitor.getInstance().trackOperation('after', async () => 1)`)
  const session = await exportWhen(inspected, ({ operations }) => operations.length >= 4)
  expect(session.operations.at(-1)?.operationName).toBe('after')
})

test('where the browser has lost what was stored, recording goes on in a new session', async ({
  inspected,
  chromium,
  demo,
}) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await track(page, 'lost')
  await expect(rowsOf(panel)).toHaveText(/lost/)
  const devtools = await chromium.context.newCDPSession(panel.page())
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(panel.url()).origin, storageTypes: 'indexeddb' })
  await track(page, 'kept')
  await expect(rowsOf(panel)).toHaveText(/kept/)
  await expect(panel.getByRole('alert')).toContainText('lost the stored session')
  const session = await exportWhen(inspected, ({ operations }) => operations.length > 0)
  expect(session.operations.map(({ operationName }) => operationName)).toEqual(['kept'])
  expect(session.gaps).toMatchObject([{ reason: 'storage-lost' }])
  expect(schemaErrors(session)).toEqual([])
})
