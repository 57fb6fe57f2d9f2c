// Test (real Chromium, real DevTools): secrets in URLs are in neither the exported file nor the stored log.
import type { Frame } from 'playwright/test'
import type { LocalServer } from '../../demo/local-server.ts'
import { allSettled, operationsAt, serverFixture } from './capture/capture-test.ts'
import { test as base, expect, exportWhen } from './shared-tab-test.ts'

const test = base.extend<{ server: LocalServer }>(serverFixture)

/** Names of parameters as they are met in the wild; each gets a value of its own. */
const NAMES = [
  'token',
  'access_token',
  'id_token',
  'refreshToken',
  'api_key',
  'apikey',
  'X-Api-Key',
  'key',
  'code',
  'password',
  'passwd',
  'pwd',
  'client_secret',
  'signature',
  'X-Amz-Signature',
  'X-Amz-Credential',
  'sig',
  'auth',
  'jwt',
  'session_id',
  'sid',
  'otp',
  'SAMLResponse',
  'SAMLart',
  'wresult',
  'ticket',
  'id_token_hint',
  'oobCode',
  'csrf',
  'bearer',
  'passkey',
  'license_key',
]
/** In every secret, and nowhere else. */
const MARK = 's3cr3t'
const secretOf = (where: string, i: number): string => `${MARK}-${where}-${i}`
const secretQuery = (where: string): string => NAMES.map((name, i) => `${name}=${secretOf(where, i)}`).join('&')

/** All records of all sessions, as text: typed arrays hold numbers. */
async function storedLog(panel: Frame): Promise<string> {
  return panel.evaluate(async () => {
    const opening = indexedDB.open('perf')
    await new Promise(resolve => {
      opening.onsuccess = resolve
    })
    const stores = [...opening.result.objectStoreNames]
    const transaction = opening.result.transaction(stores)
    const texts: string[] = []
    for (const store of stores) {
      const reading = transaction.objectStore(store).getAll()
      await new Promise(resolve => {
        reading.onsuccess = resolve
      })
      texts.push(JSON.stringify(reading.result))
    }
    opening.result.close()
    return texts.join('\n')
  })
}

/** The surroundings of each secret that is found. */
function leaks(text: string): string[] {
  return [...text.matchAll(new RegExp(MARK, 'gi'))].map(({ index }) => text.slice(Math.max(0, index - 80), index + 40))
}

test('no secret of a URL is exported or stored', async ({ inspected, server }) => {
  const { page, panel } = inspected
  // The page's own address: what is Referer and initiator of all that follows.
  await page.goto(`${server.url}/page?${secretQuery('page')}#${secretQuery('fragment')}`)
  await page.evaluate(
    async ([origin, other, query, mark]) => {
      const [scheme, host] = origin.split('//')
      const encoded = encodeURIComponent(`${origin}/ok?token=${mark}-nested`)
      const settled = [
        fetch(`/ok?fetch&${query}#${query}`).then(response => response.text()),
        fetch(`${other}/cors?crossed&${query}`).then(response => response.text()),
        fetch(`/redirect?redirected&${query}&to=${encodeURIComponent(`/ok?target&${query}`)}`),
        fetch(`/redirect?manual&to=${encodeURIComponent(`/ok?target&${query}`)}`, { redirect: 'manual' }),
        fetch(`/none?nested=${encoded}&twice=${encodeURIComponent(encoded)}`).then(response => response.text()),
        fetch(`${scheme}//user:${mark}-password@${host}/ok?credentials`),
        fetch(`http://user:${mark}-password@[/?token=${mark}-invalid`),
        fetch(`/reset?failed&${query}`),
        fetch(`/ok?refused&${query}`, { body: 'x' }),
        fetch(`/ok?json&input=${encodeURIComponent(JSON.stringify({ user: { apiKey: `${mark}-json` } }))}`),
        fetch(`/reset/${mark}-token/form?path`),
        window.PerformanceMonitor.getInstance().trackOperation('throws', () =>
          Promise.reject(new Error(`GET ${origin}/ok?${query} failed`)),
        ),
        fetch(`foo://user:${mark}-scheme@host/?${query}`),
      ]
      await Promise.allSettled(settled)
      const xhr = new XMLHttpRequest()
      const loaded = new Promise(resolve => xhr.addEventListener('loadend', resolve))
      xhr.open('GET', `${scheme}//user:${mark}-xhr@${host}/ok?xhr&${query}`)
      xhr.send()
      await loaded
      const argued = new XMLHttpRequest()
      argued.open('GET', `/ok?argued&${query}`, false, 'user', `${mark}-argument`)
      argued.send()
      navigator.sendBeacon(`/ok?beacon&${query}`, 'x')
      const image = new Image()
      image.src = `/pixel?${query}`
      await image.decode()
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/echo?socket&${query}`)
      const closed = new Promise(resolve => socket.addEventListener('close', resolve))
      socket.addEventListener('open', () => socket.close())
      await closed
      const events = new EventSource(`/events?source&${query}`)
      await new Promise(resolve => events.addEventListener('message', resolve))
      events.close()
      const frame = document.createElement('iframe')
      frame.src = `/page?${query}`
      await new Promise(resolve => {
        frame.onload = resolve
        document.body.append(frame)
      })
    },
    [server.url, server.otherOrigin, secretQuery('request'), MARK] as const,
  )
  await page.goto(`${server.url}/page?next&${secretQuery('next')}`)
  const calls = 18
  const session = await exportWhen(
    inspected,
    found => found.operations.length >= calls && found.networkRequests.length >= 4 && allSettled(found),
  )
  // What was planted is there, without its secrets.
  for (const part of [
    '?fetch',
    '?crossed',
    '?redirected',
    '?credentials',
    '?xhr',
    '?beacon',
    '?socket',
    '?source',
    '?json',
    '?path',
  ]) {
    expect(operationsAt(session, part).length).toBeGreaterThan(0)
  }
  expect(leaks(JSON.stringify(session))).toEqual([])
  const stored = await storedLog(panel)
  expect(stored).toContain('?socket')
  expect(leaks(stored)).toEqual([])
})

test('what the user has called secret is in neither', async ({ inspected, server }) => {
  const { page, panel } = inspected
  const query = `Voucher-Code=${MARK}`
  await panel.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { set(items: object): Promise<void> } } }
    }
    await chrome.storage.local.set({ settings: { redactedParameters: ['voucherCode'] } })
  })
  await page.goto(`${server.url}/page?own&${query}`)
  await page.evaluate(async query => {
    await (await fetch(`/ok?fetch&${query}`)).text()
    const image = new Image()
    image.src = `/pixel?${query}`
    await image.decode()
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws/echo?socket&${query}`)
    const closed = new Promise(resolve => socket.addEventListener('close', resolve))
    socket.addEventListener('open', () => socket.close())
    await closed
  }, query)
  const session = await exportWhen(
    inspected,
    found => found.operations.length >= 2 && found.networkRequests.length >= 1 && allSettled(found),
  )
  for (const part of ['?fetch', '?socket']) expect(operationsAt(session, part).length).toBeGreaterThan(0)
  expect(leaks(JSON.stringify(session))).toEqual([])
  expect(leaks(await storedLog(panel))).toEqual([])
})
