// Test (real Chromium, real DevTools, no debugger): with DevTools closed nothing of ours is there, and nothing runs.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EXTENSION, expect, test } from './perf-test.ts'
import { openUnattachedChromium } from './unattached-chromium.ts'

/** Milliseconds: Chromium stops a worker after 30 idle seconds, and looks for such ones every now and then. */
const STOP_TIMEOUT = 90_000

/** Tells, from its first script on, what it sees of us. */
const PAGE = `<!doctype html><script>
  const look = () => {
    const seen = Function.prototype.toString.call(fetch) + ' ' + typeof window.PerformanceMonitor
    new Image().src = '/seen?' + location.search.slice(1) + '=' + encodeURIComponent(seen)
  }
  look()
  setInterval(look, 250)
</script>`
const OURS = 'function () { [native code] } function'
const NATIVE = 'function fetch() { [native code] } undefined'

test('with DevTools closed: native fetch, and the worker stops after its idle time', async () => {
  test.setTimeout(STOP_TIMEOUT + 120_000)
  const seen = new Map<string, string[]>()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server.invalid')
    if (pathname === '/') response.setHeader('content-type', 'text/html').end(PAGE)
    else response.writeHead(204).end()
    for (const [page, what] of pathname === '/seen' ? searchParams : []) {
      seen.set(page, [...(seen.get(page) ?? []), what])
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const chromium = await openUnattachedChromium(EXTENSION, `${url}?first`)
  const find = async (what: (target: { type: string; url: string }) => boolean) => (await chromium.targets()).find(what)
  const isWorker = ({ type }: { type: string }) => type === 'service_worker'
  const isDevtools = (target: { url: string }) => target.url.startsWith('devtools://')
  try {
    await expect.poll(() => seen.get('first')?.at(-1)).toBe(OURS)
    expect(await find(isWorker)).toBeDefined()

    const devtools = await find(isDevtools)
    if (devtools) await chromium.close(devtools)
    await expect.poll(() => seen.get('first')?.at(-1)).toBe(NATIVE)
    await expect.poll(() => find(isWorker), { timeout: STOP_TIMEOUT }).toBeUndefined()
    expect(seen.get('first')?.at(-1)).toBe(NATIVE)
  } finally {
    await chromium.stop()
    server.closeAllConnections()
    server.close()
  }
})
