// Test (real Chromium, real DevTools): pages that are left, kept and come back.
import { openChromium } from '../../scripts/chromium-session.ts'
import { inspectedEval } from './inspected-eval.ts'
import {
  EXTENSION,
  expect,
  exportWhen,
  type InspectedPage,
  rowsOf,
  showSingleOperations,
  succeeded,
  test,
} from './perf-test.ts'

/** Operations that `track` makes at once: they are on their way when the page is left. */
const TRACKED = 50

/** A browser as users have it, with the back/forward cache. */
async function withBackForwardCache(then: (inspected: InspectedPage) => Promise<void>): Promise<void> {
  const options = { extensionDir: EXTENSION, headless: true, devtools: true, backForwardCache: true }
  const chromium = await openChromium(options)
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    await then({ page, ...(await chromium.devtoolsFor(page)) })
  } finally {
    await chromium.close()
  }
}

/** Records operations and goes somewhere else at once. */
async function leave({ panel }: InspectedPage, name: string, how: string, to: string): Promise<void> {
  await inspectedEval(
    panel,
    `for (let i = 0; i < ${TRACKED}; i++) void PerformanceMonitor.getInstance().trackOperation('${name} ' + i, async () => {})
    ${how}`,
  )
  // Between two pages there is none to evaluate in.
  const where = () => inspectedEval(panel, 'document.readyState + " " + location.href').catch(String)
  await expect.poll(where).toBe(`complete ${to}`)
}

test('pages that come and go through the back/forward cache are recorded: nothing lost, nothing twice', async ({
  demo,
}) => {
  await withBackForwardCache(async inspected => {
    const [first, second] = [`${demo.url}/empty?first`, `${demo.url}/empty?second`]
    await inspected.page.goto(first)
    await inspectedEval(inspected.panel, `restored = 0; addEventListener('pageshow', e => { restored += e.persisted })`)
    await leave(inspected, 'first', `location.href = '${second}'`, second)
    for (let visit = 1; visit <= 3; visit++) {
      await leave(inspected, `back ${visit}`, 'history.back()', first)
      expect(await inspectedEval(inspected.panel, 'restored')).toBe(visit)
      await leave(inspected, `forth ${visit}`, 'history.forward()', second)
    }
    const session = await exportWhen(inspected, found => succeeded(found) >= 7 * TRACKED)
    const names = session.operations.map(({ operationName }) => operationName)
    expect(new Set(names).size).toBe(7 * TRACKED)
    expect(names).toHaveLength(7 * TRACKED)
    expect(session.gaps).toEqual([])
    expect(session.documents.map(({ url }) => url)).toEqual([first, second])
  })
})

test('what a page made that is kept and never comes back is stored', async ({ demo }) => {
  await withBackForwardCache(async inspected => {
    const url = (visit: number) => `${visit % 3 === 2 ? demo.otherOrigin : demo.url}/empty?${visit}`
    await inspected.page.goto(url(0))
    for (let visit = 1; visit <= 10; visit++)
      await leave(inspected, `${visit}`, `location.href = '${url(visit)}'`, url(visit))
    const session = await exportWhen(inspected, ({ operations }) => operations.length >= 10 * TRACKED)
    expect(session.operations).toHaveLength(10 * TRACKED)
    expect(session.gaps).toEqual([])
  })
})

test('a page that comes back from before DevTools was opened is recorded', async ({ demo }) => {
  const options = { extensionDir: EXTENSION, headless: true, devtools: false, backForwardCache: true }
  const chromium = await openChromium(options)
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  await page.goto(`${demo.url}/empty?before`)
  await page.goto(`${demo.url}/empty?after`)
  const { panel } = await chromium.openDevtools(page)
  await showSingleOperations(panel)
  await inspectedEval(panel, 'history.back()')
  const state = () => inspectedEval(panel, `location.search + ('PerformanceMonitor' in window)`).catch(String)
  await expect.poll(state).toBe('?beforetrue')
  await inspectedEval(panel, `void PerformanceMonitor.getInstance().trackOperation('came back', async () => {})`)
  await expect(rowsOf(panel)).toHaveText([/came back/])
  await chromium.close()
})

test('a page that comes back after DevTools was closed removes its patches', async ({ demo }) => {
  await withBackForwardCache(async ({ page, panel, frontend }) => {
    await page.goto(`${demo.url}/empty?first`)
    const look = `document.title = [Function.prototype.toString.call(fetch).includes('fetch'), typeof PerformanceMonitor]`
    await inspectedEval(panel, `addEventListener('pageshow', () => setInterval(() => { ${look} }, 10))`)
    await page.goto(`${demo.url}/empty?second`)
    await frontend.close()
    await page.evaluate(() => history.back())
    // The title of the tab is all that can be seen of it from here.
    const title = async () => {
      const cdp = await page.context().newCDPSession(page)
      const { targetInfo } = await cdp.send('Target.getTargetInfo')
      await cdp.detach()
      return targetInfo.title
    }
    await expect.poll(title).toBe('true,undefined')
  })
})
