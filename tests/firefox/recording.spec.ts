// Test (real Firefox, its real DevTools): what is recorded of a page, and what the page notices.
import { expect, isPatched, test } from './firefox-test.ts'

/** What a page does, and the groups that the tab lists then. */
const RECORDED: [title: string, script: string, groups: string[][]][] = [
  [
    'requests by route',
    `await Promise.all([1, 2, 3].map(id => fetch('/api/users/' + id).then(response => response.text())))`,
    [['GET /api/users/:id', '3', '']],
  ],
  ['an HTTP error as failed', `await fetch('/api/status/503')`, [['GET /api/status/:id', '1', '1 (100%)']]],
  ['a network error as failed', `await fetch('/api/reset').catch(() => 0)`, [['GET /api/reset', '1', '1 (100%)']]],
  [
    'an XMLHttpRequest',
    `const request = new XMLHttpRequest()
     request.open('PUT', '/api/echo')
     await new Promise(resolve => { request.onloadend = resolve; request.send('x') })`,
    [['PUT /api/echo', '1', '']],
  ],
  [
    'the method and the name of a GraphQL request',
    `await fetch('/graphql', { method: 'POST', body: JSON.stringify({ query: 'query GetUser { a }', operationName: 'GetUser' }) })`,
    [['POST /graphql GetUser', '1', '1 (100%)']],
  ],
  [
    'nested operations',
    `await PerformanceMonitor.getInstance().trackOperation('checkout', operation => operation.trackOperation('pay', async () => 1))`,
    [
      ['checkout', '1', ''],
      ['pay', '1', ''],
    ],
  ],
  [
    'a decorated method',
    `const context = { kind: 'method', name: 'load', static: false, private: false, addInitializer() {} }
     await monitored('fetchUser')(async () => 1, context)()`,
    [['fetchUser', '1', '']],
  ],
  [
    'an operation that throws',
    `await PerformanceMonitor.getInstance().trackOperation('thrower', async () => { throw new Error('no') }).catch(() => 0)`,
    [['thrower', '1', '1 (100%)']],
  ],
]

for (const [title, script, groups] of RECORDED) {
  test(`records ${title}`, async ({ firefox, panel }) => {
    await firefox.inPage(script)
    await expect.poll(() => panel.groups()).toEqual(groups)
  })
}

test('lists a request that still runs', async ({ firefox, panel }) => {
  await firefox.inPage(`void fetch('/api/hang?still').catch(() => 0)`)
  await expect.poll(() => panel.groups()).toEqual([['GET /api/hang', '1', '']])
  const [operation] = (await panel.exported()).operations
  expect(operation).toMatchObject({ outcome: 'pending' })
  expect(operation).not.toHaveProperty('duration')
})

test('knows when the headers and the body of a response ended', async ({ firefox, panel }) => {
  await firefox.inPage(`await (await fetch('/api/stream')).text()`)
  const { operations } = await panel.exportWhen(session => session.operations[0]?.outcome === 'ok')
  const [{ duration, http } = {}] = operations
  expect(http?.status).toBe(200)
  expect(http?.headersDuration).toBeLessThan(duration ?? 0)
})

test('an XMLHttpRequest that is aborted is cancelled', async ({ firefox, panel }) => {
  await firefox.inPage(`
    const request = new XMLHttpRequest()
    request.open('GET', '/api/slow?ms=60000')
    request.send()
    await new Promise(resolve => setTimeout(resolve, 300))
    request.abort()`)
  // DevTools may report it first, and does not say how it ended.
  const { operations } = await panel.exportWhen(session => session.operations[0]?.outcome === 'cancelled')
  expect(operations).toMatchObject([{ kind: 'xhr' }])
})

test('records a beacon', async ({ firefox, panel }) => {
  await firefox.inPage(`navigator.sendBeacon('/api/echo', 'x')`)
  await panel.exportWhen(({ operations }) => operations[0]?.kind === 'beacon')
})

test('records a page from its first script', async ({ firefox, panel, demo }) => {
  await firefox.goto(`${demo.url}/frame`)
  await expect
    .poll(() => panel.groups())
    .toEqual([
      ['GET /api/status/:id', '1', '1 (100%)'],
      ['GET /api/users/:id', '1', ''],
      ['frame work', '1', ''],
    ])
})

test('keeps metadata, and says that the size of a snapshot is not known', async ({ firefox, panel }) => {
  await firefox.inPage(`
    await PerformanceMonitor.getInstance().trackOperation('checkout', async () => 3, { cart: [1, 'a'] })
    MemoryMonitor.getInstance().takeSnapshot('start')`)
  const session = await panel.exportWhen(({ operations, snapshots }) => operations.length + snapshots.length === 2)
  expect(session.operations).toMatchObject([{ operationName: 'checkout', metadata: { cart: [1, 'a'] } }])
  expect(session.snapshots).toMatchObject([{ label: 'start' }])
  expect(session.snapshots[0]).not.toHaveProperty('usedBytes')
})

test('redacts secrets in URLs before they are stored', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/1?access_token=hunter2')`)
  const session = await panel.exportWhen(({ operations }) => operations.length === 1)
  expect(JSON.stringify(session)).not.toContain('hunter2')
})

test('gives the page its own promises and errors', async ({ firefox, panel: _ }) => {
  expect(
    await firefox.inPage(`
      const failure = await fetch('/api/reset').catch(error => error)
      const request = fetch('/api/users/1')
      const thrown = new Error('mine')
      const same = await PerformanceMonitor.getInstance().trackOperation('a', async () => { throw thrown }).catch(error => error)
      return [failure instanceof TypeError, request.constructor === Promise, (await request) instanceof Response, same === thrown]`),
  ).toEqual([true, true, true, true])
})

test('leaves the name, the length and the text of fetch as they are', async ({ firefox, panel: _ }) => {
  expect(await firefox.inPage(`return [fetch.name, fetch.length, fetch.toString().replace(/\\s+/g, ' ')]`)).toEqual([
    'fetch',
    1,
    'function fetch() { [native code] }',
  ])
})

test('adds nothing enumerable to the window', async ({ firefox, panel: _ }) => {
  expect(await isPatched(firefox)).toBe(true)
  expect(
    await firefox.inPage(
      `return Object.keys(window).filter(key => ['PerformanceMonitor', 'MemoryMonitor', 'monitored'].includes(key))`,
    ),
  ).toEqual([])
})
