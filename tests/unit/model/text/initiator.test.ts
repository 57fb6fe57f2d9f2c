import { expect, test } from 'vitest'
import { initiatorOf } from '../../../../model/text/initiator.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const http = { method: 'GET', url: 'https://a.example/api', status: 200 }
const devtools = (...stack: string[]) => ({ initiator: { type: 'script', stack } }) as unknown as NetworkRequest

test.each([
  ['load https://a.example/static/app.js?v=1:12:7', 'app.js:12'],
  ['at load (https://a.example/static/app.js:12:7)', 'app.js:12'],
  ['load@https://a.example/:3:1', 'a.example/:3'],
  ['load webpack-internal:///./src/users.ts:8:9', 'users.ts:8'],
  ['<anonymous>', '<anonymous>'],
])('names %s as %s', (frame, label) => {
  expect(initiatorOf({ http: { ...http, stack: [frame] } as never })).toMatchObject({ frame, label })
})

test('prefers the stack of DevTools, unless it is empty', () => {
  const stack = ['inner https://a.example/page.js:1:1', 'outer https://a.example/page.js:2:1']
  const found = (...byDevtools: string[]) =>
    initiatorOf({ http: { ...http, stack, devtools: devtools(...byDevtools) } as never })?.label
  expect(found('before https://a.example/devtools.js:5:1')).toBe('devtools.js:5')
  expect(found()).toBe('page.js:1')
})

test('finds that of a connection, and none of a custom operation', () => {
  const connection = { url: 'wss://a.example', messagesIn: 0, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
  const stack = devtools('open https://a.example/chat.js:4:2')
  expect(initiatorOf({ connection: { ...connection, devtools: stack } })?.label).toBe('chat.js:4')
  expect(initiatorOf({ connection })).toBeUndefined()
  expect(initiatorOf({ metadata: {} })).toBeUndefined()
  expect(initiatorOf(undefined)).toBeUndefined()
})
