// Test (Node): the model works without a browser. What a browser has and Node may have too is taken away meanwhile.
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SessionFile } from '../../../session/format.ts'
import { schemaErrors } from '../../browser/session-schema.ts'
import { naiveStatistics } from '../../browser/workload.ts'
import { exportBytes, openSession, reportOf } from './session-in-node.ts'

/** What pages and extensions have, whether or not this version of Node has it as well. */
const BROWSER_GLOBALS = [
  ...['window', 'self', 'document', 'navigator', 'location', 'history', 'chrome', 'browser', 'name', 'parent', 'top'],
  ...['Worker', 'SharedWorker', 'BroadcastChannel', 'MessageChannel', 'postMessage', 'indexedDB', 'localStorage'],
  ...['sessionStorage', 'caches', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'FileReader', 'File'],
  ...['requestAnimationFrame', 'requestIdleCallback', 'getComputedStyle', 'matchMedia', 'OffscreenCanvas', 'Path2D'],
  ...['Event', 'EventTarget', 'CustomEvent', 'MutationObserver', 'PerformanceObserver', 'scheduler', 'crypto'],
]

const MODEL = new URL('../../../model/', import.meta.url).pathname
const FIXTURES = new URL('../../fixtures/sessions/v1/', import.meta.url)

const before = new Map<string, PropertyDescriptor | undefined>()
beforeAll(() => {
  for (const name of BROWSER_GLOBALS) {
    before.set(name, Object.getOwnPropertyDescriptor(globalThis, name))
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get() {
        // Node's own streams and vitest may use some of them; the model may not.
        if (new Error().stack?.includes(MODEL)) throw new Error(`model/ used ${name}`)
        return before.get(name)?.value ?? before.get(name)?.get?.call(globalThis)
      },
    })
  }
})
afterAll(() => {
  for (const [name, descriptor] of before) {
    Reflect.deleteProperty(globalThis, name)
    if (descriptor) Object.defineProperty(globalThis, name, descriptor)
  }
})

test.each(readdirSync(FIXTURES))('opens, filters, groups, summarizes and exports %s without a browser', async name => {
  const bytes = readFileSync(new URL(name, FIXTURES))
  const file = JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as SessionFile
  const session = await openSession(new Blob([bytes]))
  const wanted = file.operations
    .filter(({ kind, http }) => kind === 'fetch' && http?.status !== 200)
    // In version 1 the duration ended with the headers.
    .map(each => ({ ...each, ...toEndOfBody(each.http as { bodyDuration?: number } | undefined) }))
  const naive = naiveStatistics(wanted)
  const { groups, summary } = reportOf(session, 'kind:fetch -status:200', 'en-US')
  const sumOf = (key: 'count' | 'failed' | 'totalDuration') => groups.reduce((sum, group) => sum + group[key], 0)
  expect([sumOf('count'), sumOf('failed')]).toEqual([naive.count, naive.failed])
  expect(sumOf('totalDuration')).toBeCloseTo(naive.sum, 3)
  expect(summary.slice(1, 3)).toEqual([
    `${naive.failed.toLocaleString('en-US')} failed`,
    `${naive.cancelled} cancelled`,
  ])

  const exported = exportBytes(session)
  expect(schemaErrors(JSON.parse(exported.toString('utf8')))).toEqual([])
  const again = await openSession(new Blob([exported]))
  expect(exportBytes(again).equals(exported)).toBe(true)
  expect(reportOf(again, 'kind:fetch -status:200', 'en-US')).toEqual({ groups, summary })
})

function toEndOfBody({ bodyDuration: duration }: { bodyDuration?: number } = {}): { duration?: number } {
  return duration === undefined ? {} : { duration }
}

test('notices the use of a browser global', () => {
  expect(() => Reflect.get(globalThis, 'document')).not.toThrow()
  const stackOf = Error.prepareStackTrace
  Error.prepareStackTrace = () => `at read (${MODEL}x.ts:1:1)`
  try {
    expect(() => Reflect.get(globalThis, 'document')).toThrow('model/ used document')
  } finally {
    Error.prepareStackTrace = stackOf
  }
})
