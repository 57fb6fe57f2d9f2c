// Test (real Firefox, its real DevTools): files and stored sessions.
import { readFileSync } from 'node:fs'
import { sessionText } from '../../node/session-file.ts'
import type { SessionFile } from '../../session/format.ts'
import { schemaErrors } from '../browser/session-schema.ts'
import { comparedSession } from '../support/compared-sessions.ts'
import { openSession } from '../unit/model/session-in-node.ts'
import { expect, isPatched, test, track } from './firefox-test.ts'

/** Between two reports of one request. */
const MAX_MILLISECONDS = 5

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/sessions/v1/${name}`, import.meta.url))

test('exports a file that the schema accepts', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/1'); await fetch('/api/reset').catch(() => 0)`)
  const session = await panel.exportWhen(({ operations }) => operations.length === 2)
  expect(schemaErrors(session)).toEqual([])
  expect(session.page.userAgent).toContain('Firefox')
})

test('exports a compressed file with the same content', async ({ firefox, panel }) => {
  await track(firefox, 'a')
  const plain = await panel.exportWhen(({ operations }) => operations.length === 1)
  expect(await panel.exported('Compressed JSON (.json.gz)')).toEqual(plain)
})

test('exports HAR, and opens it again', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/1'); await fetch('/api/status/503')`)
  await expect.poll(() => panel.groups()).toHaveLength(2)
  let har: Buffer = Buffer.alloc(0)
  const entries = async (): Promise<[string, number][]> => {
    har = await firefox.download(() => panel.click('HAR, for network panels (.har)'))
    const { log } = JSON.parse(har.toString()) as {
      log: { entries: { request: { url: string }; response: { status: number } }[] }
    }
    return log.entries.map(({ request, response }) => [new URL(request.url).pathname, response.status])
  }
  // Until what DevTools know of a request has been joined to it, the file has both.
  await expect.poll(entries).toEqual([
    ['/api/users/1', 200],
    ['/api/status/503', 503],
  ])
  await panel.importFile('mine.har', har)
  await expect.poll(() => panel.text('.infobars')).toContain('mine.har')
  await expect
    .poll(() => panel.groups())
    .toEqual([
      [expect.stringMatching(/^GET .*\/api\/status\/:id$/), '1', '1 (100%)'],
      [expect.stringMatching(/^GET .*\/api\/users\/:id$/), '1', ''],
    ])
})

test('agrees with the HAR file that Firefox exports of the same page', async ({ firefox, panel }) => {
  await firefox.inPage(`for (let i = 0; i < 3; i++) {
    await (await fetch('/api/users/' + i + '?ms=40')).text()
    await (await fetch('/api/status/503?ms=20&round=' + i, { method: 'POST', body: 'x' })).text()
    await new Promise(resolve => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', '/api/slow?ms=30&round=' + i)
      xhr.addEventListener('loadend', resolve)
      xhr.send()
    })
  }`)
  const own = await panel.exportWhen(
    ({ operations }) => operations.length === 9 && operations.every(({ outcome }) => outcome !== 'pending'),
  )
  const byUrl = new Map(own.operations.map(each => [each.http?.url, each]))
  const har = await panel.run(`return JSON.stringify({ log: await browser.devtools.network.getHAR() })`)
  const { operations } = JSON.parse(sessionText(await openSession(new Blob([String(har)])))) as SessionFile
  // On a busy machine Firefox's DevTools miss a request now and then.
  expect(operations.length).toBeGreaterThan(0)
  for (const { operationName, outcome, startTime, duration = Number.NaN, http } of operations) {
    const same = byUrl.get(http?.url)
    expect(same?.http?.method, operationName).toBe(http?.method)
    // Or they have not learnt how it ended.
    if (outcome === 'pending') continue
    expect(same, operationName).toMatchObject({
      outcome,
      http: { status: http?.status, encodedBodySize: http?.encodedBodySize, decodedBodySize: http?.decodedBodySize },
    })
    // Of the request on the network: in Firefox it starts after the call, in another process.
    const { devtools } = same?.http ?? {}
    if (!devtools || devtools.status === 0) continue
    expect(Math.abs(startTime - devtools.startTime), `start of ${operationName}`).toBeLessThan(MAX_MILLISECONDS)
    expect(Math.abs(duration - devtools.duration), `duration of ${operationName}`).toBeLessThan(MAX_MILLISECONDS)
  }
})

test('opens a HAR file of another program', async ({ panel }) => {
  const entry = (path: string, status: number) => ({
    startedDateTime: '2026-01-02T03:04:05.678Z',
    time: 120,
    request: { method: 'GET', url: `https://example.org${path}`, headers: [], queryString: [], cookies: [] },
    response: { status, headers: [], cookies: [], content: { size: 10, mimeType: 'application/json' } },
    timings: { send: 1, wait: 100, receive: 19 },
    cache: {},
    _resourceType: 'xhr',
  })
  const log = {
    version: '1.2',
    creator: { name: 'another', version: '1' },
    entries: [entry('/cart/1', 200), entry('/cart/2', 404)],
  }
  await panel.importFile('others.har', Buffer.from(JSON.stringify({ log })))
  await expect.poll(() => panel.groups()).toEqual([['GET example.org/cart/:id', '2', '1 (50%)']])
})

test('compares two sessions', async ({ panel }) => {
  await panel.tab('Compare')
  await expect.poll(() => panel.text('.compare-start')).toContain('Choose a baseline above')
  await panel.importFile('before.json', Buffer.from(comparedSession(1)), 'Baseline files')
  await panel.importFile('after.json', Buffer.from(comparedSession(11, { slowdown: 1.6 })), 'New files')
  await expect.poll(() => panel.text('.compare-counts')).toMatch(/1 slower/)
  expect((await panel.rows()).map(([name]) => name).sort()).toEqual(['GET /api/cart', 'GET /api/user'])
})

test('opens its own export again, read-only, beside the live session', async ({ firefox, panel }) => {
  await track(firefox, 'exported')
  const exported = await panel.exportWhen(({ operations }) => operations.length === 1)
  await panel.click('Clear')
  await panel.importFile('mine.json', Buffer.from(JSON.stringify(exported)))
  await expect.poll(() => panel.text('.infobars')).toContain('mine.json')
  await expect.poll(() => panel.groups()).toEqual([['exported', '1', '']])
  expect(await panel.run(`return find('button', 'Record').disabled`)).toBe(true)
  expect((await panel.exported()).operations).toEqual(exported.operations)
  await panel.click('Show live session')
  await expect.poll(() => panel.groups()).toEqual([])
})

for (const name of ['firefox-without-memory.json.gz', 'demo-every-button.json', 'frames-and-navigations.json.gz']) {
  test(`opens a file of an earlier format: ${name}`, async ({ panel }) => {
    await panel.importFile(name, fixture(name))
    await expect.poll(() => panel.text('.infobars')).toContain('read-only')
    await expect.poll(async () => (await panel.groups()).length).toBeGreaterThan(0)
  })
}

test('says what is wrong with a file', async ({ panel }) => {
  await panel.importFile('broken.json', Buffer.from('{"format": "perf-session", "version": 2, '))
  await expect.poll(() => panel.text('.infobars')).toContain("broken.json isn't a valid Perf session: it is cut off")
})

test('stores a session after DevTools closes; it can be opened and deleted', async ({ firefox, panel, demo }) => {
  await firefox.openTab()
  await firefox.goto(`${demo.url}/frame`)
  await firefox.openDevtools()
  await expect.poll(() => isPatched(firefox)).toBe(true)
  await track(firefox, 'kept')
  await expect.poll(() => panel.text()).toContain('kept')
  await firefox.closeDevtools()
  await firefox.closeTab()

  const open = `find('button', 'Live').click()`
  const stored = `return all('.session').map(row => row.innerText).filter(text => text.includes('Perf demo frame')).length`
  await firefox.openDevtools()
  await panel.run(`all('button.picker')[0].click()`)
  await expect.poll(() => panel.run(stored)).toBe(1)
  await panel.run(`all('.session-button').find(button => button.innerText.includes('Perf demo frame')).click()`)
  await expect.poll(() => panel.text()).toContain('kept')
  await panel.click('Show live session')
  await panel.run(open)
  await panel.click('Delete Perf demo frame')
  await expect.poll(() => panel.run(stored)).toBe(0)
})
