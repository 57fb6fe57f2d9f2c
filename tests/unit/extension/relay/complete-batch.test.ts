// Test (Node): no secret of a URL is left in a batch, and what a page named itself is left alone.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBatchCompleter, MAX_KNOWN_URLS } from '../../../../extension/relay/complete-batch.ts'
import type { RawBatch } from '../../../../wire/batch.ts'
import { createOperationColumns, KINDS, type RawOperationColumns } from '../../../../wire/operations.ts'
import { createRawRequestColumns } from '../../../../wire/request-columns.ts'

const batchOf = (...columns: RawOperationColumns[]): RawBatch => {
  return { operations: columns.map(columns => ({ source: 0, columns })), memory: [], snapshots: [], losses: [] }
}

/** A request by fetch of each of `[method, url]`. */
function requestsTo(targets: readonly (readonly [string, string])[]): RawOperationColumns {
  const requests = createRawRequestColumns(targets.length)
  const columns = createOperationColumns(targets.length, requests)
  columns.kind.fill(KINDS.indexOf('fetch'))
  columns.name.set(targets.map((_, i) => i))
  for (const [method, url] of targets) {
    requests.methods.push(method)
    requests.urls.push(url)
  }
  return columns
}

test('redacts the URLs of requests and connections, and the names made from them', () => {
  const requests = requestsTo([['GET', 'https://bob:s3cret@host/?token=s3cret']])
  const others = createOperationColumns(2)
  others.kind.set([KINDS.indexOf('websocket'), KINDS.indexOf('custom')])
  others.name.set([0, 1])
  others.strings.push('WS foo://bob:s3cret@host/?token=s3cret', 'token=mine')
  const connection = { messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  others.details.push(
    [0, { connection: { ...connection, url: 'wss://host/a?api_key=s3cret' } }],
    [1, { metadata: { note: 'kept' } }],
  )
  const batch = batchOf(requests, others)
  createBatchCompleter('host')(batch)
  expect(JSON.stringify(batch)).not.toContain('s3cret')
  expect(others.strings[1]).toBe('token=mine')
  expect(others.details[1]).toEqual([1, { metadata: { note: 'kept' } }])
})

test('redacts URLs in errors, of requests and of the page’s own operations', () => {
  const requests = requestsTo([['GET', 'https://host/']])
  const error = { name: 'TypeError', message: 'blocked: https://host/?sig=s3cret' }
  requests.details.push([0, { error }], [0, { error: { name: 'TypeError', code: 'network' } }])
  const own = createOperationColumns(1)
  own.strings.push('load')
  const message = 'GET /api?api_key=s3cret failed'
  own.details.push([
    0,
    { error: { name: 'Error', message, stack: `Error: ${message}\n    at https://h/?sig=s3cret:1:2` } },
  ])
  createBatchCompleter('host')(batchOf(requests, own))
  expect(error.message).toBe('blocked: https://host/?sig=REDACTED')
  expect(requests.details[1]?.[1].error).toEqual({ name: 'TypeError', code: 'network' })
  expect(own.details[0]?.[1].error).toEqual({
    name: 'Error',
    message: 'GET /api?api_key=REDACTED failed',
    stack: 'Error: GET /api?api_key=REDACTED failed\n    at https://h/?sig=REDACTED:1:2',
  })
})

test('names requests by method and path, and by host outside of the page', () => {
  const columns = requestsTo([
    ['GET', 'https://page.example/app/users?page=1#top'],
    ['POST', 'https://other.example:8080/a?x'],
    ['DELETE', 'https://page.example'],
    ['GET', ''],
    ['GET', `data:text/plain,${'x'.repeat(100)}`],
    ['', 'https://page.example/remembered'],
  ])
  createBatchCompleter('page.example')(batchOf(columns))
  expect(columns.strings).toEqual([
    'GET /app/users',
    'POST other.example:8080/a',
    'DELETE /',
    'GET (unknown URL)',
    `GET data:text/plain,${'x'.repeat(44)}`,
    '/remembered',
  ])
})

test('writes methods as they are sent, and only those that are', () => {
  const given = ['get', 'Post', 'dElete', 'head', 'options', 'put', 'patch', 'Patch', 'gets', '']
  const columns = requestsTo(given.map(method => [method, 'https://page.example/'] as const))
  createBatchCompleter('page.example')(batchOf(columns))
  const sent = ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUT', 'patch', 'Patch', 'gets', '']
  expect(columns.requests?.methods).toEqual(sent)
  expect(columns.strings).toEqual(sent.map(method => `${method} /`.trim()))
})

test('names connections by their kind and path', () => {
  const columns = createOperationColumns(1)
  columns.kind.fill(KINDS.indexOf('websocket'))
  columns.strings.push('WS wss://page.example/socket')
  createBatchCompleter('page.example')(batchOf(columns))
  expect(columns.strings).toEqual(['WS /socket'])
})

test('makes the same of a URL whatever it was asked before', () => {
  const url = fc.constantFrom('https://page.example/a', 'https://other.example/b?token=s3cret#c', 'data:,x', '')
  const complete = createBatchCompleter('page.example')
  const many = Array.from({ length: MAX_KNOWN_URLS }, (_, i) => ['GET', `https://host/${i}`] as const)
  complete(batchOf(requestsTo(many)))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('GET', 'POST', ''), url)), targets => {
      const [once, again] = [requestsTo(targets), requestsTo(targets)]
      createBatchCompleter('page.example')(batchOf(once))
      complete(batchOf(again))
      expect(again).toEqual(once)
    }),
  )
})

test('leaves of a call stack the page’s frames, without secrets', () => {
  const columns = requestsTo([
    ['GET', 'https://page.example/a'],
    ['GET', 'https://page.example/b'],
    ['GET', 'https://page.example/c'],
  ])
  const v8 = [
    'Error',
    '    at callStack (perf://perf/node_modules/perf-page-script.js:1:2)',
    '    at Object.apply (perf://perf/node_modules/perf-page-script.js:1:3)',
    '    at wrapped (chrome-extension://other/patch.js:4:5)',
    '    at async load (https://bob:s3cret@page.example/app.js?token=s3cret&v=1:6:7)',
    '    at https://page.example/?password=s3cret:8:9',
  ]
  const spiderMonkey = [
    'apply@moz-extension://0a1b-2c/injected/main.js:1:3',
    'load@https://page.example/app.js:6:7',
    '',
  ]
  columns.details.push([0, { stack: v8.join('\n') }], [1, { stack: spiderMonkey.join('\n') }], [2, { stack: '' }])
  createBatchCompleter('page.example')(batchOf(columns))
  const [first, second, third] = columns.details.map(([, { stack }]) => stack?.split('\n'))
  expect(first).toEqual([
    'at wrapped (chrome-extension://other/patch.js:4:5)',
    'at async load (https://REDACTED@page.example/app.js?token=REDACTED&v=1:6:7)',
    'at https://page.example/?password=REDACTED:8:9',
  ])
  expect(second).toEqual(['load@https://page.example/app.js:6:7'])
  expect(third).toEqual([''])
})
