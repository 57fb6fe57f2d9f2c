// Test (real Firefox, its real DevTools): what is recorded of a page, and what the page notices.
import { expect, test } from './firefox-test.ts'

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
