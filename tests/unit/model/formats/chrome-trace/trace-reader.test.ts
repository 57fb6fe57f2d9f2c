import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionModel } from '../../../../../model/session/session-model.ts'
import type { SessionFile } from '../../../../../session/format.ts'
import { schemaErrors } from '../../../../browser/session-schema.ts'
import { richSessionFile } from '../../../../support/rich-session.ts'
import { imported, problemOf } from '../session/imported.ts'
import { writtenText } from '../written.ts'

const opened = (file: object | string) => imported(new Blob([typeof file === 'string' ? file : JSON.stringify(file)]))
const asFile = (session: SessionModel) => JSON.parse(writtenText(session, 'perf')) as SessionFile

const resource = (name: string, ts: number, data: object) => ({
  cat: 'devtools.timeline',
  name,
  ph: 'I',
  s: 't',
  pid: 2,
  tid: 1,
  ts,
  args: { data: { requestId: '1', ...data } },
})
const frame = { frame: 'F', url: 'https://shop.example/cart', name: '', processId: 2, isOutermostMainFrame: true }
const EVENTS = [
  resource('ResourceFinish', 1_040_000, { didFail: false, encodedDataLength: 700, decodedBodyLength: 1_500 }),
  resource('ResourceSendRequest', 1_000_000, {
    url: 'https://shop.example/api/users?token=s3cretvalue',
    requestMethod: 'POST',
    resourceType: 'Fetch',
  }),
  resource('ResourceReceiveResponse', 1_030_000, {
    statusCode: 200,
    mimeType: 'application/json',
    protocol: 'h2',
    timing: { requestTime: 1, sendStart: 1, sendEnd: 2, receiveHeadersEnd: 28, dnsStart: -1, dnsEnd: -1 },
  }),
  {
    cat: 'x',
    name: 'TracingStartedInBrowser',
    ph: 'I',
    pid: 1,
    tid: 1,
    ts: 900_000,
    args: { data: { frames: [frame] } },
  },
  { cat: 'blink.user_timing', name: 'work', ph: 'b', id: '0x1', pid: 2, tid: 1, ts: 1_100_000, args: {} },
  { cat: 'blink.user_timing', name: 'work', ph: 'e', id: '0x1', pid: 2, tid: 1, ts: 1_150_250, args: {} },
  {
    cat: 'x',
    name: 'UpdateCounters',
    ph: 'I',
    pid: 2,
    tid: 1,
    ts: 1_200_000,
    args: { data: { jsHeapSizeUsed: 5_000 } },
  },
  { cat: 'x', name: 'RunTask', ph: 'X', pid: 2, tid: 1, ts: 1_300_000, dur: 80_000, args: {} },
  { cat: 'x', name: 'RunTask', ph: 'X', pid: 2, tid: 1, ts: 1_400_000, dur: 8_000, args: {} },
  {
    cat: 'blink.user_timing',
    name: 'navigationStart',
    ph: 'R',
    pid: 2,
    tid: 1,
    ts: 950_000,
    args: { data: { documentLoaderURL: 'https://shop.example/cart', isLoadingMainFrame: true } },
  },
]
const trace = (events: unknown = EVENTS) => ({
  metadata: { startTime: '2026-11-23T12:00:00.000Z' },
  traceEvents: events,
})

test('reads requests, user timings, navigations, long tasks and the heap, in whatever order they come', async () => {
  const session = await opened(trace())
  const file = asFile(session)
  expect(schemaErrors(file)).toEqual([])
  expect(file.operations).toMatchObject([
    {
      operationName: 'POST /api/users',
      kind: 'fetch',
      outcome: 'ok',
      startTime: Date.UTC(2026, 10, 23, 12) + 100,
      duration: 40,
      http: {
        url: 'https://shop.example/api/users?token=REDACTED',
        status: 200,
        transferSize: 700,
        decodedBodySize: 1_500,
        protocol: 'h2',
        phases: { send: 1, wait: 26, receive: 10 },
      },
    },
    { operationName: 'work', kind: 'custom', duration: 50.25 },
  ])
  expect(file.memory).toMatchObject([{ usedJSHeapSize: 5_000 }])
  expect(file.marks).toMatchObject([{ type: 'navigation' }, { type: 'long-task', duration: 80 }])
  expect(session.origin).toBe('chrome-trace')
})

test('a trace that we wrote has its operations again, by name, outcome and time', async () => {
  const given = richSessionFile(200)
  const file = asFile(await opened(writtenText(await opened(given), 'chrome-trace')))
  expect(file.operations).toHaveLength(given.operations.length)
  for (const [i, { operationName, outcome, startTime }] of given.operations.entries()) {
    expect(file.operations[i]).toMatchObject({ operationName, outcome })
    expect(Math.abs((file.operations[i]?.startTime ?? 0) - startTime)).toBeLessThanOrEqual(0.001)
  }
  expect(file.memory).toHaveLength(given.memory.length)
})

const good = JSON.stringify(trace())
const first = JSON.stringify(EVENTS[0])

test.each<[string, string | Blob, string]>([
  ['the first half', good.slice(0, good.length / 2), 'cut off'],
  ['all but the end', good.slice(0, -1), 'cut off'],
  ['two of it', good + good, '{ where the end should be'],
  ['text after the end', `${good}x`, 'where the end should be'],
  ['no events', '{"metadata":{}}', 'traceEvents is missing'],
  ['events as an object', '{"traceEvents":{}}', 'traceEvents must be an array'],
  ['events as a text', '{"traceEvents":"x"}', 'traceEvents must be an array'],
  ['events as null', '{"traceEvents":null}', 'traceEvents must be an array'],
  ['events twice', '{"traceEvents":[],"traceEvents":[]}', 'traceEvents appears twice'],
  ['metadata twice', '{"metadata":{},"metadata":{},"traceEvents":[]}', 'metadata appears twice'],
  ['an event that is a number', '{"traceEvents":[1]}', 'traceEvents[0] must be an object'],
  ['an event that is null', '{"traceEvents":[null]}', 'traceEvents[0] must be an object'],
  ['an event that is a list', '{"traceEvents":[[]]}', 'traceEvents[0] must be an object'],
  ['nothing that is read', '{"traceEvents":[{}]}', 'it holds no network request'],
  ['no event', '{"traceEvents":[]}', 'it holds no network request'],
  ['NaN', good.replace('"ts":900000', '"ts":NaN'), "isn't JSON"],
  ['a broken event', good.replace(first, `${first},,`), "isn't JSON"],
  ['a missing comma', good.replace(',"traceEvents"', '"traceEvents"'), "isn't JSON"],
  ['Infinity', good.replace('"ts":900000', '"ts":Infinity'), "isn't JSON"],
  ['a word as a time', good.replace('"ts":900000', '"ts":soon'), "isn't JSON"],
  ['a number with a comma', good.replace('"ts":900000', '"ts":900,000'), "isn't JSON"],
  ['two values', good.replace('"ts":900000', '"ts":9 00000'), "isn't JSON"],
  ['a comma after the last event', good.replace(/\]\}$/, ',]}'), "isn't JSON"],
  ['a comma after the last member', good.replace(/\}$/, ',}'), "isn't JSON"],
  ['a brace instead of a bracket', good.replace(/\]\}$/, '}}'), "isn't JSON"],
  ['a bracket instead of a brace', good.replace(/\}$/, ']'), "isn't JSON"],
  ['a name without quotes', good.replace('"traceEvents"', 'traceEvents'), "isn't JSON"],
  ['single quotes', good.replace('"traceEvents"', "'traceEvents'"), "isn't JSON"],
  ['a comment', good.replace('"traceEvents"', '/* events */"traceEvents"'), "isn't JSON"],
  ['a line break in a text', good.replace('"name":"work"', '"name":"wo\nrk"'), "isn't JSON"],
  ['an unknown escape', good.replace('"name":"work"', '"name":"wo\\xrk"'), "isn't JSON"],
  ['half of an escape', good.replace('"name":"work"', '"name":"wo\\u12"'), "isn't JSON"],
  ['no UTF-8', new Blob([good.slice(0, 200), new Uint8Array([0xff]), good.slice(200)]), "isn't UTF-8"],
  ['metadata that is cut off', '{"metadata":{"startTime":"2026', 'cut off within metadata'],
  ['metadata that is a number', '{"metadata":5,"traceEvents":[]}', 'it holds no network request'],
  ['an event that is a text', '{"traceEvents":[{},"x"]}', 'traceEvents[1] must be an object'],
  ['deep nesting', good.replace('"args":{}', `"args":${'['.repeat(1e5)}${']'.repeat(1e5)}`), 'nested deeper'],
])('%s', async (_, file, problem) => {
  const found = await problemOf(file)
  expect(found).toMatch(/^ImportError: isn't a valid trace of Chrome: /)
  expect(found).toContain(problem)
})

test('any value at any place of an event opens as a valid session, or there is a message', async () => {
  const paths = EVENTS.flatMap((event, i) => pathsOf(event, [`${i}`]))
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(-1, 1e300, 1e15, 2 ** 60, '', 'x'.repeat(200_000)),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), value, async (path, put) => {
      const events = structuredClone(EVENTS) as unknown
      let owner = events as Record<string, unknown>
      for (const name of path.slice(0, -1)) owner = owner[name] as Record<string, unknown>
      owner[path.at(-1) as string] = put
      const text = JSON.stringify(trace(events))
      const problem = await problemOf(text)
      expect(problem).toMatch(/^none$|^ImportError: /)
      if (problem === 'none') expect(schemaErrors(asFile(await opened(text)))).toEqual([])
    }),
    { numRuns: 80 },
  )
})

function pathsOf(value: unknown, path: string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, each]) => [[...path, name], ...pathsOf(each, [...path, name])])
}
