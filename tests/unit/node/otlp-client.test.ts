import { createServer, type RequestListener } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { type LocalServer, listenLocally } from '../../../demo/local-server.ts'
import { partialSuccess } from '../../../model/formats/otlp/otlp-http.ts'
import { sendOtlp } from '../../../node/otlp-client.ts'

let server: LocalServer | undefined
afterEach(() => server?.close())

const MESSAGE = Uint8Array.of(10, 3, 97, 98, 99)

/** A collector that gives these answers in turn, and the last one for ever. */
async function collector(...answers: { status: number; headers?: Record<string, string>; body?: Uint8Array }[]) {
  const got: { url: string | undefined; body: Uint8Array; headers: unknown }[] = []
  const answer: RequestListener = (request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      got.push({ url: request.url, body: gunzipSync(Buffer.concat(parts)), headers: request.headers })
      const { status, headers = {}, body } = answers[Math.min(got.length, answers.length) - 1] ?? { status: 200 }
      response.writeHead(status, headers).end(body)
    })
  }
  server = await listenLocally(createServer(answer))
  return { got, url: server.url }
}

describe('sending OTLP', () => {
  test('posts gzipped protobuf, with the headers that were given', async () => {
    const { got, url } = await collector({ status: 200 })
    expect(await sendOtlp('traces', MESSAGE, { endpoint: `${url}/`, headers: { 'x-key': 'a' }, retryTime: 0 })).toEqual(
      {
        rejected: 0,
        reason: '',
        retries: 0,
      },
    )
    expect(got).toMatchObject([
      {
        url: '/v1/traces',
        headers: { 'x-key': 'a', 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
      },
    ])
    expect([...(got[0]?.body ?? [])]).toEqual([...MESSAGE])
    for (const end of ['/v1/metrics', '/v1/traces', '', '/', '/v1/traces/']) {
      await sendOtlp('metrics', MESSAGE, { endpoint: `${url}/otlp${end}`, headers: {}, retryTime: 0 })
      expect(got.at(-1)?.url).toBe('/otlp/v1/metrics')
    }
  })

  test.each([429, 502, 503, 504])('tries again after %d, as soon as the collector asks for it', async status => {
    const { got, url } = await collector(
      { status, headers: { 'retry-after': '0' } },
      { status, headers: { 'retry-after': '0' } },
      { status: 200 },
    )
    const waits: number[] = []
    const onRetry = (_: string, waitMs: number) => void waits.push(waitMs)
    const sent = await sendOtlp('traces', MESSAGE, { endpoint: url, headers: {}, retryTime: 60_000, onRetry })
    expect([sent.retries, got.length, waits]).toEqual([2, 3, [0, 0]])
    expect(new Set(got.map(({ body }) => body.join())).size).toBe(1)
  })

  test('gives up when the time is over, also where nobody listens', async () => {
    const { got, url } = await collector({ status: 503, headers: { 'retry-after': '3600' } })
    const options = { endpoint: url, headers: {}, retryTime: 1_000 }
    await expect(sendOtlp('traces', MESSAGE, options)).rejects.toThrow('it answered 503')
    expect(got).toHaveLength(1)
    await server?.close()
    await expect(sendOtlp('traces', MESSAGE, { ...options, retryTime: 0 })).rejects.toThrow('did not take the data')
  })

  test.each([400, 401, 404, 413, 500])(
    'does not try again after %d, and says what the collector said',
    async status => {
      const { got, url } = await collector({ status, body: Buffer.from('no such\ntenant') })
      await expect(sendOtlp('traces', MESSAGE, { endpoint: url, headers: {}, retryTime: 60_000 })).rejects.toThrow(
        new RegExp(`it answered ${status} .*no such tenant`),
      )
      expect(got).toHaveLength(1)
    },
  )

  test('reports what the collector has rejected', async () => {
    const reason = Buffer.from('too old')
    const inner = Buffer.from([8, 172, 2, 18, reason.length, ...reason])
    const { url } = await collector({ status: 200, body: Buffer.from([10, inner.length, ...inner]) })
    const sent = await sendOtlp('traces', MESSAGE, { endpoint: url, headers: {}, retryTime: 0 })
    expect(sent).toEqual({ rejected: 300, reason: 'too old', retries: 0 })
  })

  test('shortens a reason, never within a character', () => {
    for (const start of ['', 'x']) {
      const reason = Buffer.from(start + '\u{1f600}'.repeat(300))
      const field = (number: number, bytes: Uint8Array): Buffer =>
        Buffer.from([number, 128 + (bytes.length % 128), bytes.length >> 7, ...bytes])
      const { reason: shown } = partialSuccess(field(10, field(18, reason)))
      expect(shown.length).toBeGreaterThan(190)
      expect(shown.length).toBeLessThanOrEqual(200)
      expect(shown).not.toMatch(/\p{Surrogate}/u)
    }
  })

  test.each([[[]], [[10]], [[10, 0]], [[255, 255, 255]], [[10, 200, 1]], [[13, 1, 2, 3, 4]]])(
    'reads %j as a whole success',
    bytes => {
      expect(partialSuccess(Uint8Array.from(bytes))).toEqual({ rejected: 0, reason: '' })
    },
  )
})
