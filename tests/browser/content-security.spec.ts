// Test (real Chromium, real DevTools): the extension's own pages and workers can send nothing to anybody but a collector on
// this machine.
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Frame, Worker } from 'playwright/test'
import { listenLocally } from '../../demo/local-server.ts'
import { EXTENSION, expect, reloadPanel, test, watchRefused } from './perf-test.ts'

/** A program that tries to send something to a URL. */
type Way = (url: string) => unknown

const WAYS_OF_WORKERS: Record<string, Way> = {
  fetch: url => fetch(url, { mode: 'no-cors' }),
  keepalive: url => fetch(url, { method: 'POST', body: 'x', keepalive: true, mode: 'no-cors' }),
  socket: url => new WebSocket(url.replace('http', 'ws')),
  events: url => new EventSource(url),
  transport: url => new WebTransport(url.replace('http:', 'https:')).ready,
}

const WAYS_OF_PAGES: Record<string, Way> = {
  ...WAYS_OF_WORKERS,
  xhr: url => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.send()
  },
  beacon: url => navigator.sendBeacon(url, 'x'),
  ping: url => Object.assign(document.createElement('a'), { href: '#', ping: url }).click(),
  form: url => {
    const form = Object.assign(document.createElement('form'), { action: url, method: 'post', target: '_blank' })
    document.body.append(form)
    form.submit()
  },
  import: url => import(url),
  worker: url => new Worker(url),
  script: url => document.head.append(Object.assign(document.createElement('script'), { src: url })),
  style: url => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })),
  prefetch: url => document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: url })),
  image: url => document.body.append(Object.assign(new Image(), { src: url })),
  font: url => new FontFace('leak', `url(${url})`).load(),
  media: url => document.body.append(Object.assign(document.createElement('video'), { src: url })),
  frame: url => document.body.append(Object.assign(document.createElement('iframe'), { src: url })),
}

/** Runs the ways in a page or a worker, and waits until the policy has refused them all. */
async function expectRefused(world: Frame | Worker, origin: string, ways: Record<string, Way>): Promise<void> {
  const sources = Object.entries(ways).map(([name, way]) => `[${JSON.stringify(name)}, ${way}]`)
  // The policy lets nobody evaluate a text, but the protocol.
  await (world as Frame).evaluate(`(() => {
    globalThis.refused = []
    addEventListener('securitypolicyviolation', ({ blockedURI }) => globalThis.refused.push(blockedURI))
    for (const [name, way] of [${sources}]) {
      try { Promise.resolve(way('${origin}/' + name)).catch(() => undefined) } catch {}
    }
  })()`)
  const refused = async (): Promise<string[]> => {
    const urls = await (world as Frame).evaluate<string[]>('globalThis.refused')
    // Of a URL that a frame would load only the origin is reported.
    // Chromium has a policy of its own for scripts of extensions, which refuses them once more.
    return [...new Set(urls.map(url => new URL(url).pathname.slice(1) || 'frame'))].sort()
  }
  await expect.poll(refused).toEqual(Object.keys(ways).sort())
}

test('no page and no worker of the extension can send anything to another host than this machine', async ({
  chromium,
}) => {
  const seen: string[] = []
  const server = await listenLocally(
    createServer(({ url = '' }, response) => {
      seen.push(url)
      if (url === '/redirect') response.writeHead(307, { location: `${elsewhere}/redirected` })
      response.end()
    }),
  )
  // It is this server as well, by a name that the policy does not have.
  const elsewhere = `http://collector.localhost:${server.port}`
  const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
  const { frontend, panel } = await chromium.devtoolsFor(page)
  const devtools = frontend.frames().find(frame => frame.url().endsWith('devtools.html'))
  if (!devtools) throw new Error('There is no devtools page')
  for (const frame of [panel, devtools]) {
    await expectRefused(frame, elsewhere, WAYS_OF_PAGES)
  }
  const [background] = chromium.context.serviceWorkers()
  if (!background) throw new Error('There is no worker')
  await expectRefused(background, elsewhere, WAYS_OF_WORKERS)
  for (const file of await readdir(join(EXTENSION, 'assets'))) {
    if (!file.includes('worker')) continue
    const started = frontend.waitForEvent('worker')
    await panel.evaluate(name => void new Worker(`/assets/${name}`, { type: 'module' }), file)
    await expectRefused(await started, elsewhere, WAYS_OF_WORKERS)
  }
  expect(seen).toEqual([])
  // The server is there: a page reaches it by this name.
  await page.goto(`${elsewhere}/page`)
  expect(seen).toContain('/page')
  const send = (url: string) =>
    background.evaluate(address => fetch(address, { method: 'POST' }).then(Boolean, () => false), url)
  expect([await send(`${server.url}/sent`), await send(`${server.otherOrigin}/sent`)]).toEqual([true, true])
  // Nor can a collector pass on what it is sent.
  expect(await send(`${server.url}/redirect`)).toBe(false)
  expect(seen).not.toContain('/redirected')
  await server.close()
})

test('what the policy does not govern is used nowhere', async () => {
  for (const file of await readdir(EXTENSION, { recursive: true })) {
    if (file.endsWith('.js')) expect(await readFile(join(EXTENSION, file), 'utf8'), file).not.toContain('RTCPeer')
  }
})

test('the panel starts without anything that the policy refuses', async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  const refused = watchRefused(frontend)
  await reloadPanel(panel)
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => fetch('/api/users/1'))
  await expect(panel.getByRole('grid', { name: 'Operations' })).toContainText('GET /api/users/1')
  expect(refused).toEqual([])
})
