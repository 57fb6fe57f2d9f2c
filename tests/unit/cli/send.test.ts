import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalServer, listenLocally } from '../../../demo/local-server.ts'
import { readOtlpProtobuf } from '../model/formats/otlp/otlp-reader.ts'
import { ask, inventedSession } from '../model/insights/invented-session.ts'
import { run as runIn } from './run.ts'

const COUNT = 600
let folder: string
let server: LocalServer
/** Whether the collector answers every other request that it is busy. */
let isBusy = false
let status = 200
/** Whether it has no address for metrics, as Jaeger. */
let isTracesOnly = false
let asked = 0
const got: { path: string; body: Uint8Array }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perf-send-'))
  const session = inventedSession()
  ask(session, 0, COUNT, 5, i => ({ path: `/api/users/${i + 1}` }))
  await writeFile(join(folder, 'session.json'), session.text())
  server = await listenLocally(
    createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', part => parts.push(part))
      request.on('end', () => {
        if (isBusy && asked++ % 2 === 0) {
          response.writeHead(503, { 'retry-after': '0' }).end()
          return
        }
        if (isTracesOnly && request.url === '/v1/metrics') {
          response.writeHead(404).end('404 page not found')
          return
        }
        if (status === 200) got.push({ path: request.url ?? '', body: gunzipSync(Buffer.concat(parts)) })
        response.writeHead(status).end()
      })
    }),
  )
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const run = (...args: string[]) => runIn(folder, 'send', ...args)

/** The ids of all spans that the collector took. */
function spanIds(): string[] {
  const ids: string[] = []
  for (const { path, body } of got) {
    if (path !== '/v1/traces') continue
    JSON.stringify(readOtlpProtobuf(body, 'spans'), (key, value: unknown) => {
      if (key === 'links') return undefined
      if (key === 'spanId') ids.push(String(value))
      return value
    })
  }
  return ids
}

test('sends each operation once as a span, and durations as metrics, also where the collector is busy', async () => {
  isBusy = true
  const { code, out, err } = await run('@session.json', '--endpoint', server.url)
  isBusy = false
  expect({ code, out }).toEqual({ code: 0, out: `${folder}/session.json: ${COUNT} operations sent\n` })
  expect(err).toContain('it answered 503 Service Unavailable: again in 0.0 s')
  const ids = spanIds()
  // The session is a span too.
  expect(ids).toHaveLength(COUNT + 1)
  expect(new Set(ids).size).toBe(COUNT + 1)
  const metrics = got.filter(({ path }) => path === '/v1/metrics')
  expect(JSON.stringify(metrics.map(({ body }) => readOtlpProtobuf(body, 'metrics')))).toContain('GET /api/users/:id')
})

test('sends only spans to a backend that takes no metrics, and says so', async () => {
  isTracesOnly = true
  const { code, out, err } = await run('@session.json', '--endpoint', `${server.url}/v1/traces`)
  isTracesOnly = false
  expect({ code, out, err }).toEqual({
    code: 0,
    out: `${folder}/session.json: ${COUNT} operations sent, without metrics, which this backend does not take\n`,
    err: '',
  })
})

test('fails where there is no address for spans either', async () => {
  status = 404
  const { code, out, err } = await run('@session.json', '--endpoint', `${server.url}/wrong`)
  status = 200
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('/wrong/v1/traces did not take the data: it answered 404 Not Found')
})

test('says what the collector says', async () => {
  status = 401
  const { code, out, err } = await run('@session.json', '--endpoint', server.url)
  status = 200
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('it answered 401 Unauthorized')
})

test.each([
  [[]],
  [['@session.json']],
  [['@session.json', '--endpoint', 'localhost:4318']],
  [['@session.json', '--endpoint', 'http://127.0.0.1:1', '--header', 'none']],
  [['@session.json', '--endpoint', 'http://127.0.0.1:1', '--retry', '0']],
  [['@session.json', '--endpoint', 'http://127.0.0.1:1', '--header', 'key=two\nlines']],
  [['@session.json', '--endpoint', 'http://127.0.0.1:1', '--header', 'key=☕']],
  [['@session.json', '--endpoint', 'http://127.0.0.1:1', '--header', 'a key=1']],
  [['@session.json', '--endpoint', 'http://user:hunter2@127.0.0.1:1']],
  [['@missing.json', '--endpoint', 'http://127.0.0.1:1']],
])('refuses %j', async args => {
  const { code, out, err } = await run(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err).not.toMatch(/hunter2|two/)
})
