// Test (real Chromium): the injected script in one page with libraries that patch the same functions, installed and
// removed in either order: every call is made once and recorded once, and the others work, with us and after us.
import type { Page } from 'playwright/test'
import { HOSTILE_PAGE } from './coexistence/hostile-page.ts'
import { callMocked, makeCalls, RECORDED, RESULTS } from './coexistence/page-calls.ts'
import { type Order, openPeerPage, PEERS, type PeerName, servePeer } from './coexistence/peer-page.ts'
import { test as differential } from './differential/differential-test.ts'
import { type CaseServer, type ServedCase, startCaseServer } from './differential/server/case-server.ts'
import { expect, exportWhen, test as inspected } from './shared-tab-test.ts'

const ORDERS: readonly Order[] = ['us first', 'peer first', 'late']
const REMOVABLE: readonly PeerName[] = ['opentelemetry', 'msw']

const PATHS = ['GET /hang', 'GET /reset', 'GET /text', 'POST /echo', 'PUT /echo']
/** What the peer sees of one round of calls. */
const SEEN: Record<PeerName, readonly string[]> = {
  opentelemetry: PATHS,
  sentry: PATHS,
  msw: PATHS,
  'msw-worker': PATHS,
  zone: ['XMLHttpRequest.send', 'fetch', 'fetch', 'fetch', 'fetch'],
}
/** The header by which the server knows that the peer traces a request. */
const TRACED_BY: Partial<Record<PeerName, string>> = { opentelemetry: 'traceparent', sentry: 'sentry-trace' }

/** Requests that came, without what a browser does of itself: it repeats one whose connection was cut. */
const requestsOf = ({ arrivals }: ServedCase): string[] => [
  ...arrivals().flatMap(({ request }) => (request === 'GET /reset' ? [] : [request])),
  ...new Set(arrivals().flatMap(({ request }) => (request === 'GET /reset' ? [request] : []))),
]

const twice = (list: readonly string[]): string[] => [...list, ...list].sort()
const operationsOf = (page: Page): Promise<string[]> => page.evaluate(() => window.perf.operations())
const seenBy = async (page: Page): Promise<string[]> => (await page.evaluate(() => window.peer.seen())).sort()

/** Stops us, and waits until it is so: none of the peers touches `sendBeacon`. */
async function stopUs(page: Page): Promise<void> {
  await page.evaluate(() => window.perf.stop())
  const beacon = () => page.evaluate(() => Function.prototype.toString.call(navigator.sendBeacon))
  await expect.poll(beacon).toBe('function sendBeacon() { [native code] }')
}

/** Frames that are added from now on: Sentry takes a `fetch` from a new one where it finds the page's to be patched. */
function framesAdded(page: Page): readonly string[] {
  const added: string[] = []
  page.on('frameattached', frame => added.push(frame.url()))
  return added
}

interface Fixtures {
  server: CaseServer
  page: Page
}

const test = differential.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  server: async ({}, use) => {
    const server = await startCaseServer()
    await use(server)
    await server.close()
  },
  page: async ({ nativeBrowser }, use) => {
    const page = await nativeBrowser.context.newPage()
    await use(page)
    await page.close()
  },
})

for (const peer of PEERS) {
  for (const order of ORDERS) {
    test(`${peer}, ${order}: with us, and after us`, async ({ page, server }) => {
      const added = framesAdded(page)
      const served = await openPeerPage(page, server, peer, order)
      expect(await page.evaluate(makeCalls)).toEqual(RESULTS)
      expect(added).toEqual([])
      await expect.poll(() => operationsOf(page)).toEqual(RECORDED)
      await expect.poll(() => seenBy(page)).toEqual(SEEN[peer])
      expect(requestsOf(served).sort()).toEqual(PATHS)
      const header = TRACED_BY[peer]
      if (header) {
        for (const { request, headers } of served.arrivals()) {
          expect(
            headers.filter(line => line.startsWith(`${header}: `)),
            request,
          ).toHaveLength(1)
        }
      }

      const fetchText = () => page.evaluate(() => String(window.fetch))
      const top = await fetchText()
      await stopUs(page)
      if (order === 'us first') expect(await fetchText()).toBe(top)
      else expect(await page.evaluate(() => window.fetch === window.fetchBefore)).toBe(true)
      expect(await page.evaluate(makeCalls)).toEqual(RESULTS)
      await expect.poll(() => seenBy(page)).toEqual(twice(SEEN[peer]))
      expect(requestsOf(served).filter(request => request !== 'GET /reset')).toHaveLength(2 * (PATHS.length - 1))
      expect(await operationsOf(page)).toEqual(RECORDED)
    })
  }
}

for (const peer of REMOVABLE) {
  for (const order of ORDERS) {
    test(`${peer}, ${order}: the peer is taken out, then we`, async ({ page, server }) => {
      const served = await openPeerPage(page, server, peer, order)
      await page.evaluate(() => window.peer.stop?.())
      expect(await page.evaluate(makeCalls)).toEqual(RESULTS)
      expect(requestsOf(served).sort()).toEqual(PATHS)
      if (order === 'us first') await expect.poll(() => operationsOf(page)).toEqual(RECORDED)
      expect(await seenBy(page)).toEqual([])

      await stopUs(page)
      expect(await page.evaluate(makeCalls)).toEqual(RESULTS)
      // OpenTelemetry leaves its function there, and only disables it.
      const native = await page.evaluate(() => Function.prototype.toString.call(fetch).includes('[native code]'))
      expect(native).toBe(peer === 'msw')
    })

    test(`${peer}, ${order}: we are taken out, then the peer`, async ({ page, server }) => {
      const served = await openPeerPage(page, server, peer, order)
      await stopUs(page)
      await page.evaluate(() => window.peer.stop?.())
      expect(await page.evaluate(makeCalls)).toEqual(RESULTS)
      expect(requestsOf(served).sort()).toEqual(PATHS)
      expect(await operationsOf(page)).toEqual([])
      expect(await seenBy(page)).toEqual([])
    })
  }
}

for (const order of ORDERS) {
  test(`msw, ${order}: mocks answer`, async ({ page, server }) => {
    const served = await openPeerPage(page, server, 'msw', order)
    expect(await page.evaluate(callMocked)).toEqual(['mocked', 'mocked'])
    expect(served.arrivals()).toEqual([])
    await stopUs(page)
    expect(await page.evaluate(callMocked)).toEqual(['mocked', 'mocked'])
    // Who is on top sees the call first; beneath it, there is none.
    const calls = (await operationsOf(page)).filter(operation => operation.startsWith('fetch'))
    expect(calls).toEqual(order === 'us first' ? [] : ['fetch GET /mocked pending'])
  })
}

test("msw's service worker: mocks answer, and are recorded", async ({ page, server }) => {
  const served = await openPeerPage(page, server, 'msw-worker', 'us first')
  expect(await page.evaluate(callMocked)).toEqual(['mocked', 'mocked'])
  await expect
    .poll(() => operationsOf(page))
    .toEqual(expect.arrayContaining(['fetch GET /mocked ok', 'xhr GET /mocked ok']))
  expect(served.arrivals().map(({ request }) => request)).not.toContain('GET /mocked')
})

for (const peer of PEERS) {
  inspected(`${peer} in the built extension, with DevTools open`, async ({ inspected }) => {
    const server = await startCaseServer()
    const served = await servePeer(server, peer)
    const { page } = inspected
    const added = framesAdded(page)
    await page.goto(served.url)
    expect(await page.evaluate(makeCalls)).toEqual(RESULTS)
    expect(added).toEqual([])
    await expect.poll(() => seenBy(page)).toEqual(SEEN[peer])
    expect(requestsOf(served).sort()).toEqual(PATHS)
    const header = TRACED_BY[peer]
    for (const { headers } of served.arrivals()) {
      if (header) expect(headers.filter(line => line.startsWith(`${header}: `))).toHaveLength(1)
    }
    const session = await exportWhen(
      inspected,
      ({ operations }) =>
        operations.length >= RECORDED.length && operations.every(({ outcome }) => outcome !== 'pending'),
    )
    const recorded = session.operations.map(({ kind, operationName, outcome }) => `${kind} ${operationName} ${outcome}`)
    expect(recorded.sort()).toEqual([...RECORDED].sort())
    await server.close()
  })
}

inspected('requests of a page that has broken every builtin are recorded', async ({ inspected }) => {
  const server = await startCaseServer()
  const served = server.serve(HOSTILE_PAGE)
  await inspected.page.goto(served.url)
  await expect(inspected.page).toHaveTitle('All is broken')
  const session = await exportWhen(
    inspected,
    ({ operations }) => operations.length === 4 && operations.every(({ outcome }) => outcome !== 'pending'),
  )
  const recorded = session.operations.map(({ kind, operationName, outcome }) => `${kind} ${operationName} ${outcome}`)
  expect(recorded).toEqual([
    'fetch GET /text ok',
    'xhr PUT /echo ok',
    'fetch GET /reset failed',
    'beacon POST /echo ok',
  ])
  await server.close()
})
