// Test (real Chromium, real DevTools): what DevTools' own Network and Console show of a page, with and without Perf.
import { test as base, expect, type Page } from 'playwright/test'
import { openChromium } from '../../scripts/chromium-session.ts'
import { frontEndFor, showPanel } from '../../scripts/devtools-front-end.ts'
import { PAGE_SCRIPT_URL } from '../../wire/page-script.ts'
import { type CaseServer, startCaseServer } from './differential/server/case-server.ts'
import { EXTENSION } from './perf-test.ts'

/** Each runs on a line of its own, in a function, so that its line tells which one made a request or an error. */
const CALLS = [
  `fetch('/text?fetch')`,
  `fetch(new Request('/echo?request', { method: 'POST', body: 'b' }))`,
  `await null; await fetch('/text?awaited')`,
  `await Promise.all([1, 2].map(id => fetch('/text?mapped=' + id)))`,
  `fetch('/text?missing', { headers: { a: '1' }, signal: new AbortController().signal }).then(response => response.text())`,
  `fetch('/text?status=404&fetch')`,
  `fetch('/reset?logged').catch(error => console.error(error))`,
  `fetch('/reset?text').catch(error => console.log(error.stack))`,
  `fetch('http://[').catch(error => console.warn('misuse', error))`,
  `fetch(other + '/text?cors-error')`,
  `xhr('GET', '/text?xhr')`,
  `xhr('POST', '/text?status=500&xhr')`,
  `xhr('GET', '/reset?xhr')`,
  `xhr('GET', other + '/text?xhr-cors-error')`,
  `const request = new XMLHttpRequest(); request.open('GET', '/text?sync', false); request.send()`,
  `try { new XMLHttpRequest().send() } catch (error) { console.error(error) }`,
  `try { new XMLHttpRequest().open('GET', 'http://[') } catch (error) { console.error(error) }`,
  `const socket = new WebSocket('ws://' + location.host + '/ws/close'); await once(socket, 'close')`,
  `const socket = new WebSocket('ws://' + location.host + '/ws/refuse'); await once(socket, 'close')`,
  `try { new WebSocket('x:') } catch (error) { console.error(error) }`,
  `try { WebSocket.prototype.send.call({}) } catch (error) { console.error(error) }`,
  `const source = new EventSource('/events?source'); await once(source, 'message'); source.close()`,
  `const source = new EventSource('/events?type=text/plain'); await once(source, 'error')`,
  `try { new EventSource('http://[') } catch (error) { console.error(error) }`,
  `navigator.sendBeacon('/echo?beacon', 'b')`,
  `try { navigator.sendBeacon() } catch (error) { console.error(error) }`,
  `setTimeout(() => fetch('/reset?uncaught')); await once(window, 'unhandledrejection')`,
  `setTimeout(() => { new WebSocket('y:') }); await once(window, 'error')`,
  `setTimeout(() => { new XMLHttpRequest().send() }); await once(window, 'error')`,
  `forbidConnections()`,
  `fetch('/text?csp')`,
  `xhr('GET', '/text?csp-xhr')`,
  `navigator.sendBeacon('/echo?csp-beacon')`,
  `const socket = new WebSocket('ws://' + location.host + '/ws/echo'); await once(socket, 'error')`,
  `const source = new EventSource('/events?csp'); await once(source, 'error')`,
]

const APP = `${CALLS.map((call, i) => `async function call${i}() { ${call.startsWith('fetch(') ? `await ${call}` : call} }`).join('\n')}
const other = location.origin.replace('//c', '//o').replace('.site.', '.else.')
const once = (target, type) => new Promise(resolve => target.addEventListener(type, resolve, { once: true }))
async function xhr(method, url) {
  const request = new XMLHttpRequest()
  request.open(method, url)
  request.send()
  await once(request, 'loadend')
}
function forbidConnections() {
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content = "connect-src 'none'"
  document.head.append(meta)
}
async function makeCalls() {
  for (const call of [${CALLS.map((_, i) => `call${i}`)}]) await call().catch(() => {})
  console.log('All calls are made')
}
makeCalls()`
const HTML = `<!doctype html><link rel="icon" href="data:,"><body><script src="/app.js"></script>`

/** What the panels have of it natively. */
const REQUESTS = 25
const MESSAGES = 31
const WITHIN = { timeout: 20_000 }
const OPTIONS = { headless: true, devtools: true, dock: 'undocked' } as const

interface Message {
  text: string
  /** On the right of the message. */
  link: string
}

interface Shown {
  /** Name and initiator of each request, sorted. */
  requests(): Promise<string[]>
  /** Sorted: a network error and the exception that it makes come in either order. */
  messages(): Promise<Message[]>
}

/** Loads the page with Network open, and returns what the two panels show of it. */
async function load(page: Page, frontend: Page, server: CaseServer): Promise<Shown> {
  // Rows out of sight are not in the document.
  await frontend.setViewportSize({ width: 1600, height: 3000 })
  await showPanel(frontend, 'network')
  const made = page.waitForEvent('console', message => message.text() === 'All calls are made')
  const { url, host, otherHost } = server.serve(HTML, { '/app.js': APP })
  await page.goto(url)
  await made
  const withoutHosts = (text: string): string =>
    [host, otherHost].reduce(
      (rest, name) => rest.replaceAll(name, 'HOST').replaceAll(name.split(':')[0] ?? '', 'HOST'),
      text,
    )
  return {
    async requests() {
      await showPanel(frontend, 'network')
      const rows = frontend.locator('.network-log-grid tbody tr:has(.initiator-column)')
      const cells = await rows.evaluateAll(found =>
        found.map(row => ['.name-column', '.initiator-column'].map(cell => row.querySelector(cell)?.textContent ?? '')),
      )
      // Beside some names stands the host.
      return cells.map(row => withoutHosts(row.join(' ← ')).replace('HOST', '')).sort()
    },
    async messages() {
      await showPanel(frontend, 'console')
      const found = await frontend.locator('.console-message-wrapper').allInnerTexts()
      // DevTools asks for a file of its own, before or after the page forbids connections.
      const messages = found
        .filter(text => !text.includes('/.well-known/'))
        .map(text => {
          const [link = '', ...lines] = withoutHosts(text).split('\n')
          return { text: lines.join('\n'), link: link.trim() }
        })
      return messages.sort((a, b) => (a.text + a.link < b.text + b.link ? -1 : 1))
    },
  }
}

/** What the panels show without Perf, and with it. */
const test = base.extend<{ shown: { native: Shown; ours: Shown } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  shown: async ({}, use) => {
    const server = await startCaseServer()
    const native = await openChromium(OPTIONS)
    const ours = await openChromium({ ...OPTIONS, extensionDir: EXTENSION })
    const [plain, inspected] = [native, ours].map(({ inspectedPages }) => inspectedPages()[0])
    if (!plain || !inspected) throw new Error('A browser has no page')
    const { frontend } = await ours.devtoolsFor(inspected)
    await use({
      native: await load(plain, await frontEndFor(native.context, plain), server),
      ours: await load(inspected, frontend, server),
    })
    await ours.close()
    await native.close()
    await server.close()
  },
})

const linkOf = ({ link }: Message): string => link
const isUncaught = ({ text }: Message): boolean => text.startsWith('Uncaught ')

test('Network and Console name the app’s files as they do without Perf', async ({ shown: { native, ours } }) => {
  await expect.poll(native.requests).toHaveLength(REQUESTS)
  expect(await native.requests()).toEqual(
    expect.arrayContaining([
      'text?fetch ← app.js:1Script',
      'text?sync ← app.js:15Script',
      'close/ws ← app.js:18Script',
      'events?source ← Other',
      'echo?beacon ← app.js:25Script',
    ]),
  )
  await expect(async () => expect(await ours.requests()).toEqual(await native.requests())).toPass(WITHIN)

  await expect.poll(native.messages).toHaveLength(MESSAGES)
  const withoutUncaught = async ({ messages }: Shown): Promise<Message[]> =>
    (await messages()).map(message => (isUncaught(message) ? { ...message, link: '' } : message))
  await expect(async () => expect(await withoutUncaught(ours)).toEqual(await withoutUncaught(native))).toPass(WITHIN)

  // The known difference: the console links an error that nothing catches to its innermost frame, ignored or not.
  expect((await native.messages()).filter(isUncaught).map(linkOf)).toEqual(['app.js:27', 'app.js:29', 'app.js:28'])
  const link = `${PAGE_SCRIPT_URL.slice(PAGE_SCRIPT_URL.lastIndexOf('/') + 1)}:1`
  expect((await ours.messages()).filter(isUncaught).map(linkOf)).toEqual([link, link, link])
})
