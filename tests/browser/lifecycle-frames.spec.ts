// Test (real Chromium, real DevTools): every kind of frame, and pages whose policy forbids nearly everything.
import type { LocalServer } from '../../demo/local-server.ts'
import type { SessionFile } from '../../session/format.ts'
import { serveHtml } from './hostile/html-server.ts'
import { expect, exportWhen, succeeded, test } from './shared-tab-test.ts'

/** In each document: an operation by the name of the frame, and a request where the frame may make one. */
const TRACK = `PerformanceMonitor.getInstance().trackOperation(name, async () => {})`

/** How the page makes each frame; `html` is a document that tracks, `src` such a one of this server or another. */
const FRAMES = {
  'same-origin': `frame.src = '/frame'`,
  'cross-origin': `frame.src = other + '/frame'`,
  sandboxed: `frame.sandbox = 'allow-scripts'; frame.src = '/frame'`,
  'sandboxed, same origin': `frame.sandbox = 'allow-scripts allow-same-origin'; frame.src = '/frame'`,
  'sandboxed srcdoc': `frame.sandbox = 'allow-scripts'; frame.srcdoc = html`,
  srcdoc: `frame.srcdoc = html`,
  blob: `frame.src = URL.createObjectURL(new Blob([html], { type: 'text/html' }))`,
  data: `frame.src = 'data:text/html,' + encodeURIComponent(html)`,
  'about:blank': `then = () => frame.contentWindow.eval('name = ' + JSON.stringify(frame.name) + '; ' + ${JSON.stringify(TRACK)})`,
}

const page = (body: string) => `<!doctype html><title>Frames</title><link rel="icon" href="data:,">${body}`

async function serveFrames(): Promise<LocalServer> {
  const made = Object.entries(FRAMES).map(
    ([name, how]) => `{
      const frame = document.createElement('iframe')
      let then = () => {}
      frame.name = ${JSON.stringify(name)}
      ${how}
      document.body.append(frame)
      then()
    }`,
  )
  return serveHtml(
    page(`<body><script>
      if (top !== self) ${TRACK}
      else {
        const other = location.origin.replace('127.0.0.1', 'localhost')
        const html = '<!doctype html><script>' + ${JSON.stringify(TRACK)} + '</' + 'script>'
        ${made.join('\n')}
      }
    </script>`),
  )
}

test('a frame of each kind is recorded, in its own document', async ({ inspected }) => {
  const server = await serveFrames()
  await inspected.page.goto(server.url)
  const kinds = Object.keys(FRAMES)
  const session = await exportWhen(inspected, ({ operations }) => operations.length >= kinds.length)
  expect(session.operations.map(({ operationName }) => operationName).sort()).toEqual(kinds.toSorted())
  expect(new Set(session.operations.map(({ frameId }) => frameId)).size).toBe(kinds.length)
  expect(session.operations.some(({ frameId }) => frameId === 0)).toBe(false)
  const documents = new Set(session.documents.map(({ documentId }) => documentId))
  expect(session.operations.every(({ documentId }) => documents.has(documentId))).toBe(true)
  expect(session.gaps).toEqual([])
  server.close()
})

const REWRITE = `async (written, name) => {
  const track = suffix => written.PerformanceMonitor.getInstance().trackOperation(name + suffix, () => written.fetch('/'))
  await track(' before')
  written.document.open()
  written.document.write('<!doctype html><title>Written</title>')
  written.document.close()
  await track(' after')
  written.addEventListener('pagehide', () => track(' at the end'))
}`

test('a document that is opened and written anew is recorded on, until it is left', async ({ inspected }) => {
  const server = await serveHtml(page('<iframe srcdoc="<p>frame"></iframe>'))
  const { page: tab } = inspected
  await tab.goto(server.url)
  await tab.evaluate(`(${REWRITE})(document.querySelector('iframe').contentWindow, 'frame')`)
  await tab.evaluate(`(${REWRITE})(window, 'page')`)
  expect(await tab.title()).toBe('Written')
  const namesOf = ({ operations }: SessionFile) =>
    operations.filter(({ kind }) => kind === 'custom').map(({ operationName }) => operationName)
  const written = ['frame before', 'frame after', 'frame at the end', 'page before', 'page after']
  await exportWhen(inspected, session => written.every(name => namesOf(session).includes(name)))
  await tab.goto(`${server.url}/next`)
  const session = await exportWhen(inspected, session => namesOf(session).includes('page at the end'))
  expect(namesOf(session)).toHaveLength(written.length + 1)
  expect(session.operations.filter(({ kind }) => kind === 'fetch').length).toBeGreaterThanOrEqual(4)
  expect(session.gaps).toEqual([])
  server.close()
})

test('a page that came without TLS, from another machine, is recorded', async ({ inspected }) => {
  const { page } = inspected
  await page.route('http://plain.test/**', route =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  )
  await page.goto('http://plain.test/')
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('plain', () => Promise.resolve()))
  await exportWhen(inspected, ({ operations }) => operations.some(({ operationName }) => operationName === 'plain'))
})

/** Each would stop a script that is put into the page by an element or by `eval`. */
const POLICIES = {
  'forbids all scripts but its own': `default-src 'none'; script-src 'nonce-own'; connect-src 'self'; img-src data:`,
  'requires trusted types': `require-trusted-types-for 'script'; trusted-types 'none'; script-src 'nonce-own'`,
  'is a sandbox': `sandbox allow-scripts; script-src 'nonce-own'`,
  'upgrades and isolates': `default-src 'self'; img-src data:; script-src 'nonce-own'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
}

for (const [what, policy] of Object.entries(POLICIES)) {
  test(`a page whose policy ${what} is recorded, and sees no violation`, async ({ inspected }) => {
    const server = await serveHtml(
      page(`<script nonce="own">
        name = 'under policy'
        addEventListener('securitypolicyviolation', event => { document.title = event.violatedDirective })
        ${TRACK}
        fetch('/requested').catch(() => {})
      </script>`),
      {
        'content-security-policy': policy,
        'access-control-allow-origin': '*',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    )
    await inspected.page.goto(server.url)
    const { operations, gaps } = await exportWhen(inspected, found => succeeded(found) === 2)
    expect(operations.map(({ operationName }) => operationName)).toEqual(['under policy', 'GET /requested'])
    expect(gaps).toEqual([])
    expect(await inspected.page.title()).toBe('Frames')
    server.close()
  })
}
