// Test (real Chromium, real DevTools): a page that is loaded ahead, before anyone sees it.
import { createServer } from 'node:http'
import { chromium } from 'playwright/test'
import { listenLocally } from '../../demo/local-server.ts'
import { devtoolsFor } from '../../scripts/devtools-front-end.ts'
import { withBrowserAlone } from './browser-alone.ts'
import { expect, exportWhen, test } from './perf-test.ts'

const PAGE = `<!doctype html><title>Ahead</title><link rel="icon" href="data:,"><body><script>
  const track = name => PerformanceMonitor.getInstance().trackOperation(name, async () => {})
  const recorded = async () => { while (!('PerformanceMonitor' in window)) await new Promise(then => setTimeout(then, 10)) }
  const load = (tag, how) => new Promise(then => document.body.append(Object.assign(document.createElement(tag), how, { onload: then })))
  const pages = {
    async '/'() {
      await recorded()
      const rules = { prerender: [{ urls: ['/ahead'], eagerness: 'immediate' }] }
      void load('script', { type: 'speculationrules', text: JSON.stringify(rules) })
      await fetch('/ahead-has-reported')
      await load('iframe', { src: '/frame' })
      location.href = '/ahead'
    },
    async '/frame'() {
      await track('frame')
    },
    async '/ahead'() {
      if (!document.prerendering) return
      document.addEventListener('prerenderingchange', () => track('shown').then(() => fetch('/shown')))
      await track('ahead')
      // Far longer than a batch waits.
      setTimeout(() => fetch('/reported'), 1_000)
    },
  }
  pages[location.pathname]()
</script>`

/** The paths that were asked for, and `/ahead-has-reported` answered only when `/reported` was. */
async function servePages() {
  const requested: string[] = []
  let report = (): void => {}
  const isReported = new Promise<void>(resolve => {
    report = resolve
  })
  const server = createServer(async ({ url = '' }, response) => {
    requested.push(url)
    if (url === '/reported') report()
    if (url === '/ahead-has-reported') await isReported
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
  })
  const { url, close } = await listenLocally(server)
  return { url, requested, close }
}

test('a page that is loaded ahead sends nothing before it is shown, and is recorded from its start when it is', async () => {
  const { url, requested, close } = await servePages()
  await withBrowserAlone({ devtools: true, url }, async port => {
    await expect.poll(() => requested).toContain('/shown')
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const [context] = browser.contexts()
    const page = context?.pages().find(each => each.url().startsWith(url))
    if (!context || !page) throw new Error('no page')
    const session = await exportWhen({ page, ...(await devtoolsFor(context, page)) }, ({ operations }) =>
      operations.some(({ operationName, outcome }) => operationName === 'GET /shown' && outcome === 'ok'),
    )
    const paths = session.documents.map(each => new URL(each.url).pathname)
    // The frame came long after the page that was loaded ahead had something to report.
    expect(paths).toEqual(['/', '/frame', '/ahead'])
    const names = session.operations.filter(({ frameId }) => frameId === 0).map(({ operationName }) => operationName)
    // What starts within one step of the clock has no order.
    expect(names.toSorted()).toEqual(['GET /ahead-has-reported', 'GET /reported', 'GET /shown', 'ahead', 'shown'])
    const navigations = session.marks.flatMap(mark => (mark.type === 'navigation' ? mark.url : []))
    expect(navigations).toEqual([`${url}/`, `${url}/ahead`])
    await browser.close()
  })
  await close()
})
