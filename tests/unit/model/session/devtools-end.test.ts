import { expect, test } from 'vitest'
import { devtoolsEnd } from '../../../../model/session/devtools-end.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const phases = { queued: 1, dns: 2, connect: 3, tls: 2, send: 4, wait: 10, receive: 80 }

function requestOf(change: Partial<NetworkRequest> = {}): NetworkRequest {
  const url = 'https://shop.example/api'
  return { url, method: 'GET', status: 200, type: 'fetch', startTime: 1_000, duration: 100, phases, ...change }
}

test.each<[string, Partial<NetworkRequest>, ReturnType<typeof devtoolsEnd>]>([
  ['a response: to the end of its body', {}, { outcome: 'ok', duration: 100, headersDuration: 20 }],
  [
    'a body that has not ended',
    { unfinished: true },
    { outcome: 'ok', duration: 100, headersDuration: 20, bodyEndUnknown: true },
  ],
  [
    'a body that was given up',
    { error: 'net::ERR_ABORTED' },
    { outcome: 'ok', duration: 100, headersDuration: 20, bodyEndUnknown: true },
  ],
  [
    'a response without a body, "aborted" after it',
    { method: 'HEAD', error: 'net::ERR_ABORTED' },
    { outcome: 'ok', duration: 100, headersDuration: 20 },
  ],
  ...[204, 205, 304].map((status): [string, Partial<NetworkRequest>, ReturnType<typeof devtoolsEnd>] => [
    `a response of status ${status}, which never has a body, "aborted" after it`,
    { status, error: 'net::ERR_ABORTED' },
    { outcome: 'ok', duration: 100, headersDuration: 20 },
  ]),
  ['phases past the end', { duration: 15 }, { outcome: 'ok', duration: 15, headersDuration: 15 }],
  ['an HTTP error', { status: 404 }, { outcome: 'failed', duration: 100, headersDuration: 20 }],
  ['an abort', { status: 0, error: 'net::ERR_ABORTED' }, { outcome: 'cancelled', duration: 100 }],
  ...[200, 204, 503].map((status): [string, Partial<NetworkRequest>, ReturnType<typeof devtoolsEnd>] => [
    `an abort before the page got the response of status ${status}, which DevTools knows without its times`,
    { status, error: 'net::ERR_ABORTED', phases: { queued: 100, send: 0, wait: 0, receive: 0 } },
    { outcome: 'cancelled', duration: 100 },
  ]),
  [
    'a failure',
    { status: 0, error: 'net::ERR_FAILED' },
    { outcome: 'failed', duration: 100, error: { name: 'TypeError', message: 'net::ERR_FAILED' } },
  ],
  [
    'a file that the page may not load',
    { url: 'file:///etc/hosts', status: 0 },
    { outcome: 'failed', duration: 100, error: { name: 'TypeError', code: 'network' } },
  ],
  ['a file that it may load', { url: 'file:///a.json', status: 0, bodySize: 3 }, { outcome: 'ok', duration: 100 }],
  [
    'a body that broke',
    { error: 'net::ERR_INCOMPLETE_CHUNKED_ENCODING' },
    {
      outcome: 'failed',
      duration: 100,
      headersDuration: 20,
      error: { name: 'TypeError', message: 'net::ERR_INCOMPLETE_CHUNKED_ENCODING' },
    },
  ],
  [
    'a redirect that the page forbade',
    { status: 302, redirectUrl: 'https://shop.example/b', error: 'net::ERR_FAILED' },
    { outcome: 'failed', duration: 100, headersDuration: 20, error: { name: 'TypeError', message: 'net::ERR_FAILED' } },
  ],
  ['a redirect', { status: 302, redirectUrl: 'https://shop.example/b' }, undefined],
])('%s', (_, change, end) => {
  expect(devtoolsEnd(requestOf(change))).toEqual(end)
})

test('counts from the start of the first request of a redirect', () => {
  expect(devtoolsEnd(requestOf(), 300)).toEqual({ outcome: 'ok', duration: 400, headersDuration: 320 })
})

test('a redirect that is not followed is an end', () => {
  const redirect = requestOf({ status: 302, redirectUrl: 'https://shop.example/b' })
  expect(devtoolsEnd(redirect, 0, false)).toEqual({ outcome: 'ok', duration: 100, headersDuration: 20 })
})
