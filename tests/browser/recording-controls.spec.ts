// Test (real Chromium, real DevTools): Record, Clear and Keep log.
import { createServer, type ServerResponse } from 'node:http'
import { type LocalServer, listenLocally } from '../../demo/local-server.ts'
import type { SessionFile } from '../../session/format.ts'
import { operationsAt } from './capture/capture-test.ts'
import { expect, exportSession, exportWhen, rowsOf, succeeded, test, track } from './shared-tab-test.ts'

test('pausing records nothing, and says so', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  const record = panel.getByRole('button', { name: 'Record' })
  await track(page, 'before')
  const running = page.evaluate(() => {
    const finish = new Promise(resolve => addEventListener('finish', resolve))
    return window.PerformanceMonitor.getInstance().trackOperation('runs', () => finish.then(() => 1))
  })
  await expect(rowsOf(panel)).toHaveCount(2)
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  await page.evaluate(() => dispatchEvent(new Event('finish')))
  await running
  // More than the monitor keeps. It keeps the ends of operations that were reported as running.
  await page.evaluate(async () => {
    const monitor = window.PerformanceMonitor.getInstance()
    for (let i = 0; i < 12_000; i++) await monitor.trackOperation('paused', async () => 1)
  })
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'true')
  await track(page, 'after')
  const session = await exportWhen(inspected, found => succeeded(found) >= 3)
  expect(session.operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
    ['before', 'ok'],
    ['runs', 'ok'],
    ['after', 'ok'],
  ])
  expect(session.gaps).toMatchObject([{ reason: 'paused' }])
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(rowsOf(panel)).toHaveCount(0)
  await track(page, 'cleared')
  await expect(rowsOf(panel)).toHaveCount(1)
})

test('Clear leaves what runs: it is listed still, requests once DevTools says that they run', async ({
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    const monitor = window.PerformanceMonitor.getInstance()
    const finish = new AbortController()
    addEventListener('finish', () => finish.abort())
    const finished = new Promise(resolve => finish.signal.addEventListener('abort', resolve))
    void monitor.trackOperation('over', async () => 1)
    void monitor.trackOperation('runs', () => finished, { cart: 3 })
    fetch('/api/slow?ms=60000', { method: 'POST', signal: finish.signal }).catch(() => undefined)
    // Its body is not read yet, so only DevTools reports its end.
    void fetch('/api/users/1').then(response => Object.assign(window, { response }))
  })
  await expect(rowsOf(panel)).toHaveCount(4)
  await expect(rowsOf(panel).filter({ hasText: '/api/users/1' })).toHaveAttribute('data-outcome', 'ok')
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(rowsOf(panel)).toHaveCount(2)
  const running = await exportSession(inspected)
  expect(running.operations.map(({ outcome }) => outcome)).toEqual(['pending', 'pending'])
  const idOfRuns = running.operations.find(({ operationName }) => operationName === 'runs')?.id
  await page.evaluate(() => dispatchEvent(new Event('finish')))
  const session = await exportWhen(
    inspected,
    ({ operations }) => operations.length > 1 && operations.every(({ outcome }) => outcome !== 'pending'),
  )
  const byName = session.operations.toSorted((a, b) => a.operationName.localeCompare(b.operationName))
  expect(byName).toMatchObject([
    { operationName: 'POST /api/slow', kind: 'fetch', outcome: 'cancelled' },
    { operationName: 'runs', kind: 'custom', outcome: 'ok', metadata: { cart: 3 } },
  ])
  expect(byName[1]?.id).toBe(idOfRuns)

  // It was listed before Clear, and is no more when its body ends.
  await page.evaluate(() => (window as unknown as { response: Response }).response.text())
  const entry = () => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/users/1'))
  await expect.poll(() => page.evaluate(entry)).toBe(true)
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('later', async () => 1))
  const later = await exportWhen(inspected, ({ operations }) =>
    operations.some(({ kind, operationName }) => kind === 'custom' && operationName === 'later'),
  )
  expect(later.operations.map(({ operationName }) => operationName).sort()).toEqual(['POST /api/slow', 'later', 'runs'])
})

/** A server that answers `/hold/…` when the test says so. It sends the headers and a part of the body of `/hold/body-…` at once. */
async function startHoldingServer(): Promise<LocalServer & { held: Map<string, ServerResponse> }> {
  const held = new Map<string, ServerResponse>()
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('access-control-allow-origin', '*')
    const [, hold, name = ''] = url.split('/')
    if (hold !== 'hold') {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><link rel="icon" href="data:,">')
      return
    }
    // Else the browser keeps the first bytes back, to guess the type by them.
    response.setHeader('content-type', 'text/plain')
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('content-length', 2_000)
    if (name.startsWith('body-')) response.write('x'.repeat(1_000))
    // The browser repeats a request whose connection is cut before there is a response.
    if (held.has(name)) response.destroy()
    else held.set(name, response)
  })
  return { ...(await listenLocally(server)), held }
}

test('requests that are held open during Clear are listed with the ends that they have after it', async ({
  inspected,
}) => {
  const { page, panel } = inspected
  const server = await startHoldingServer()
  await page.goto(server.url)
  // Two origins, as the browser has six connections for each.
  await page.evaluate(async other => {
    const abort = new AbortController()
    addEventListener('abort', () => abort.abort())
    const at = (name: string): string => `${name.startsWith('body-') ? other : ''}/hold/${name}`
    const read = (name: string): unknown => fetch(at(name)).then(response => response.text())
    const ignore = (): void => {}
    for (const name of ['headers-read', 'headers-broken']) Promise.resolve(read(name)).catch(ignore)
    for (const name of ['body-read', 'body-broken']) Promise.resolve(read(name)).catch(ignore)
    Object.assign(window, { kept: fetch(at('headers-unread')) })
    for (const name of ['headers-xhr', 'body-xhr']) {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', at(name))
      xhr.send()
    }
    const aborted = fetch(at('body-aborted'), { signal: abort.signal })
    aborted.then(response => response.text()).catch(ignore)
    Object.assign(window, { keptToo: await fetch(at('body-unread')) })
    await aborted
  }, server.otherOrigin)
  await expect(rowsOf(panel)).toHaveCount(9)
  await expect.poll(() => server.held.size).toBe(9)
  await expect(rowsOf(panel).and(panel.locator('[data-outcome=pending]'))).toHaveCount(4)
  await panel.getByRole('button', { name: 'Clear' }).click()
  // DevTools says that they have no response yet.
  await expect(rowsOf(panel)).toHaveCount(4)
  await page.evaluate(() => dispatchEvent(new Event('abort')))
  for (const [name, response] of server.held) {
    if (name.endsWith('-broken')) response.destroy()
    else if (name.startsWith('body-')) response.end('x'.repeat(1_000))
    else response.end('x'.repeat(2_000))
  }
  const ends: Record<string, string> = {
    'headers-read': 'ok',
    'headers-unread': 'ok',
    'headers-xhr': 'ok',
    'headers-broken': 'failed',
    'body-read': 'ok',
    'body-unread': 'ok',
    'body-xhr': 'ok',
    'body-broken': 'failed',
    'body-aborted': 'cancelled',
  }
  const endsOf = (session: SessionFile): string[] =>
    Object.keys(ends).map(name => `${name}: ${operationsAt(session, `/${name}`).map(({ outcome }) => outcome)}`)
  const expected = Object.entries(ends).map(([name, outcome]) => `${name}: ${outcome}`)
  await expect.poll(async () => endsOf(await exportSession(inspected))).toEqual(expected)
  const session = await exportSession(inspected)
  expect(session.operations).toHaveLength(9)
  expect(session.gaps).toEqual([])
  for (const { http } of session.operations) expect(http?.devtools, http?.url).toBeDefined()
  await server.close()
})

test('without "Keep log" a navigation starts anew', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty?1`)
  await track(page, 'first')
  await page.goto(`${demo.url}/empty?2`)
  await track(page, 'second')
  await expect(rowsOf(panel)).toHaveCount(2)
  await panel.getByRole('checkbox', { name: 'Keep log' }).uncheck()
  // A session that Clear has made ends with the page that it was made on, too.
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(rowsOf(panel)).toHaveCount(0)
  await track(page, 'cleared')
  await expect(rowsOf(panel)).toHaveCount(1)
  await page.goto(`${demo.url}/empty?3`)
  await track(page, 'third')
  const session = await exportWhen(inspected, ({ operations }) =>
    operations.some(({ operationName }) => operationName === 'third'),
  )
  expect(session.operations.map(({ operationName }) => operationName)).toEqual(['third'])
  const navigations = session.marks.filter(mark => mark.type === 'navigation')
  expect(navigations.map(({ url }) => url)).toEqual([`${demo.url}/empty?3`])
})
