// Test (real Chromium): what the Playwright fixture records.
import type { Browser, BrowserContext, Page } from 'playwright/test'
import { sessionText } from '../../node/session-file.ts'
import { type Recording, recordContext } from '../../playwright/recording.ts'
import { openChromium } from '../../scripts/chromium-session.ts'
import { bundlePageScript } from '../../scripts/node-bundles.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expect, exportWhen, test as perfTest, showSingleOperations } from './perf-test.ts'
import { schemaErrors } from './session-schema.ts'

/** A browser without the extension, and a context of it that is recorded as by the fixture. */
const test = perfTest.extend<{ context: BrowserContext; recording: Recording }, { plainBrowser: Browser }>({
  plainBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const chromium = await openChromium({ headless: true, devtools: false })
      await use(chromium.context.browser() as Browser)
      await chromium.close()
    },
    { scope: 'worker' },
  ],
  context: async ({ plainBrowser }, use) => {
    const context = await plainBrowser.newContext()
    await use(context)
    await context.close()
  },
  recording: async ({ context }, use) => {
    const recording = await recordContext(context, { callStacks: true, redact: ['cart'] }, await bundlePageScript())
    await use(recording)
    recording.stop()
  },
})

async function sessionOf(recording: Recording, page: Page): Promise<SessionFile> {
  return JSON.parse(sessionText((await recording.of(page)).session)) as SessionFile
}

/** In the page: operations of all kinds, one after the other. Returns how long each took by the page's own clock. */
async function work(): Promise<Record<string, number>> {
  const took: Record<string, number> = {}
  const ask = async (path: string, start: () => Promise<unknown>): Promise<void> => {
    const from = performance.now()
    await start().catch(() => undefined)
    const entry = await new Promise<PerformanceEntry>(resolve => {
      new PerformanceObserver((list, observer) => {
        const found = list.getEntries().find(({ name }) => name === new URL(path, location.href).href)
        if (!found) return
        observer.disconnect()
        resolve(found)
      }).observe({ type: 'resource', buffered: true })
    })
    took[path] = (entry as PerformanceResourceTiming).responseEnd - from
  }
  const read = (path: string, init?: RequestInit) => () => fetch(path, init).then(response => response.text())
  await ask('/api/users/1?ms=40', read('/api/users/1?ms=40'))
  await ask('/api/status/503?ms=20', read('/api/status/503?ms=20', { method: 'POST', body: 'x' }))
  await ask('/api/stream?chunks=3', read('/api/stream?chunks=3'))
  await ask('/api/slow?ms=30', () => {
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/api/slow?ms=30')
    xhr.send()
    return new Promise(resolve => xhr.addEventListener('loadend', resolve))
  })
  await ask('/api/reset', read('/api/reset'))
  const abort = new AbortController()
  const hanging = fetch('/api/hang', { signal: abort.signal }).catch(() => undefined)
  setTimeout(() => abort.abort(), 20)
  await hanging
  await window.PerformanceMonitor.getInstance().trackOperation('checkout', async () => {
    const from = performance.now()
    await new Promise(resolve => setTimeout(resolve, 30))
    took.checkout = performance.now() - from
  })
  return took
}

/** Names by the path alone in both: what the page calls them. */
function outcomes({ operations }: SessionFile): unknown[] {
  return operations.map(({ operationName, kind, outcome, http }) => [operationName, kind, outcome, http?.status])
}

function expectDurations({ operations }: SessionFile, took: Record<string, number>): void {
  const pathOf = ({ http, operationName }: SessionOperation): string => {
    const url = http && new URL(http.url)
    return url ? url.pathname + url.search : operationName
  }
  for (const operation of operations) {
    const expected = took[pathOf(operation)]
    if (expected === undefined) continue
    const found = operation.duration
    expect(Math.abs((found as number) - expected), operation.operationName).toBeLessThan(5)
  }
}

test('has the operations that the extension has of the same page, and on a quiet machine their durations within 5 ms', async ({
  demo,
  inspected,
  context,
  recording,
}) => {
  await showSingleOperations(inspected.panel)
  const page = await context.newPage()
  const both: [SessionFile, Record<string, number>][] = []
  for (const each of [page, inspected.page]) {
    await each.goto(demo.url)
    const took = await each.evaluate(work)
    const ended = ({ operations }: SessionFile): boolean =>
      operations.length === 7 && operations.every(({ outcome }) => outcome !== 'pending')
    if (each === page) {
      let session: SessionFile | undefined
      await expect
        .poll(async () => {
          session = await sessionOf(recording, page)
          return ended(session)
        })
        .toBe(true)
      both.push([session as SessionFile, took])
    } else both.push([await exportWhen(inspected, ended), took])
  }
  const [[tested, tookTested], [extension, tookExtension]] = both as [
    [SessionFile, Record<string, number>],
    [SessionFile, Record<string, number>],
  ]
  expect(Object.keys(tookTested)).toHaveLength(6)
  expect(schemaErrors(tested)).toEqual([])
  expect(outcomes(tested)).toEqual(outcomes(extension))
  // The two are separate loads of the page, which take as long as the machine lets them. Each is held against the page's own
  // clock, which on a busy machine runs on for many milliseconds before the page is told: see `npm run test:quiet`.
  if (process.env.PERF_QUIET) {
    expectDurations(tested, tookTested)
    expectDurations(extension, tookExtension)
  }
  // What only the network knows.
  const users = tested.operations[0]?.http
  expect(users).toMatchObject({
    devtools: { mimeType: 'application/json', status: 200 },
    transferSize: expect.any(Number),
  })
  expect(users?.stack?.length).toBeGreaterThan(0)
  expect(tested.networkRequests.map(({ type }) => type)).toContain('document')
  expect(tested.memory.length).toBeGreaterThan(0)
  expect(tested.gaps).toEqual([])
})

test('keeps what pages recorded that were left, in frames, popups and closed pages', async ({
  demo,
  context,
  recording,
}) => {
  const page = await context.newPage()
  const ask = (where: Pick<Page, 'evaluate'>, path: string) =>
    where.evaluate(each => fetch(each).then(response => response.text()), path)
  const namesOf = async (each: Page) =>
    (await sessionOf(recording, each)).operations.map(({ operationName, frameId }) => [operationName, frameId])

  await page.goto(demo.url)
  await ask(page, '/api/users/1?token=secret&cart=3')
  await page.goto(`${demo.url}/?same-site`)
  await ask(page, '/api/users/2')
  await page.goto(demo.otherOrigin)
  await ask(page, '/api/users/3')
  const frameAdded = page.waitForEvent('frameattached')
  await page.evaluate(url => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }))
  }, `${demo.url}/frame.html`)
  const frame = await frameAdded
  await frame.waitForURL('**/frame.html')
  await ask(frame, '/api/users/4')
  await page.evaluate(() => document.querySelector('iframe')?.remove())
  await page.setContent('<p>written')
  await ask(page, '/api/users/5')
  await page.goto('about:blank')

  const names = await namesOf(page)
  for (const id of [1, 2, 3, 5]) expect(names).toContainEqual([`GET /api/users/${id}`, 0])
  expect(names).toContainEqual(['GET /api/users/4', 1])
  const { operations, marks } = await sessionOf(recording, page)
  expect(operations[0]?.http?.url).toBe(`${demo.url}/api/users/1?token=REDACTED&cart=REDACTED`)
  expect(marks.filter(({ type }) => type === 'navigation').length).toBeGreaterThanOrEqual(4)

  await page.goto(demo.url)
  const opened = context.waitForEvent('page')
  await page.evaluate(() => void open('/frame.html'))
  const popup = await opened
  await popup.waitForLoadState()
  await ask(popup, '/api/users/6')
  await popup.close()
  expect(await namesOf(popup)).toContainEqual(['GET /api/users/6', 0])
})

test('records in a browser that has neither a scheduler nor long tasks nor the size of the heap', async ({
  demo,
  context,
}) => {
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, 'scheduler')
    Reflect.deleteProperty(Performance.prototype, 'memory')
    const types = PerformanceObserver.supportedEntryTypes.filter(type => type !== 'longtask')
    Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: types })
  })
  const recording = await recordContext(context, { callStacks: false, redact: [] }, await bundlePageScript())
  const page = await context.newPage()
  const errors: Error[] = []
  page.on('pageerror', error => errors.push(error))
  await page.goto(demo.url)
  await page.evaluate(() => fetch('/api/users/1').then(response => response.text()))
  const session = await sessionOf(recording, page)
  expect(session.operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
    ['GET /api/users/1', 'ok'],
  ])
  expect([session.availability.memory, session.memory, errors]).toEqual(['not available', [], []])
  recording.stop()
})
