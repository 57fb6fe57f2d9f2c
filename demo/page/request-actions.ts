// World: the demo page. Requests of every outcome. They know nothing of a monitor, as in any app.

import { type Action, describe, failed, note, ok, type Result } from './action.ts'
import { xhr } from './xhr.ts'

const CONCURRENT_REQUESTS = 20
const ABORT_AFTER_MS = 150
/** As many users as `/api/users` lists. */
const USERS = 9
const WIDGETS = 3

/** Fetches, reads the body and tells how it went. */
export async function get(path: string, init: RequestInit = {}): Promise<Result> {
  const name = `${init.method ?? 'GET'} ${path}`
  try {
    const response = await fetch(path, init)
    const { length } = await response.text()
    const text = `${name} → ${response.status}, ${length} characters`
    return response.ok ? ok(text) : failed(text)
  } catch (error) {
    return init.signal?.aborted ? note(`${name} → aborted`) : failed(`${name} → ${describe(error)}`)
  }
}

function getAborted(): Promise<Result> {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), ABORT_AFTER_MS)
  return get('/api/hang', { signal: controller.signal })
}

async function getMany(): Promise<Result> {
  const paths = Array.from({ length: CONCURRENT_REQUESTS }, (_, index) => `/api/users/${index + 1}`)
  const results = await Promise.all(paths.map(path => get(`${path}?ms=80`)))
  const good = results.filter(({ tone }) => tone === 'ok').length
  return ok(`${good} of ${CONCURRENT_REQUESTS} concurrent requests answered`)
}

/** A request for each item of a list, each after the one before. */
async function getOneByOne(): Promise<Result> {
  await get('/api/users')
  for (let id = 1; id <= USERS; id++) await get(`/api/users/${id}?ms=60`)
  return ok(`${USERS} users asked for one by one`)
}

/** Parts of a page that do not know of each other ask for the same. */
async function getDuplicates(): Promise<Result> {
  await Promise.all(Array.from({ length: WIDGETS }, () => get('/api/users?ms=180')))
  return ok(`the same list asked for ${WIDGETS} times at once`)
}

function postJson(): Promise<Result> {
  const body = JSON.stringify({ cart: [1, 2, 3] })
  return get('/api/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

function getCrossOrigin(): Promise<Result> {
  const other = new URL('/api/cors/users', location.href)
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return get(other.href)
}

export const requestActions = {
  'quick-fetch': () => get('/api/users'),
  'slow-fetch': () => get('/api/slow?ms=1200'),
  'http-500': () => get('/api/status/500'),
  'network-error': () => get('/api/reset'),
  aborted: getAborted,
  streaming: () => get('/api/stream?chunks=10&every=100'),
  concurrent: getMany,
  'post-json': postJson,
  'cross-origin': getCrossOrigin,
  'one-by-one': getOneByOne,
  duplicates: getDuplicates,
  xhr: () => xhr('/api/users/3'),
} satisfies Record<string, Action>
