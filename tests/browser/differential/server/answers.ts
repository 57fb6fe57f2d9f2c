// Test (Node): what the differential suite's server answers, by the path's first part; the rest is parameters.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StreamCounts } from './stream-counts.ts'

export interface Exchange {
  url: URL
  request: IncomingMessage
  response: ServerResponse
  body: Promise<string>
  streams: StreamCounts
}

type Answer = (exchange: Exchange) => void | Promise<void>

const CHUNK = Buffer.alloc(64 * 1024, 'x')

/** Parameters of every answer: `cors` (`any`, `credentials`), `header=name:value`, `status`, `type`, `cache`. */
function head({ url, request, response }: Exchange, length?: number): void {
  const { searchParams: asked } = url
  const headers: Record<string, string> = {
    'content-type': asked.get('type') ?? 'text/plain',
    'cache-control': asked.get('cache') ?? 'no-store',
    // Else the browser keeps the first bytes back, to guess by them.
    'x-content-type-options': 'nosniff',
  }
  const cors = asked.get('cors')
  if (cors !== null) {
    headers['access-control-allow-origin'] = cors === 'any' ? '*' : (request.headers.origin ?? '*')
    if (cors === 'credentials') headers['access-control-allow-credentials'] = 'true'
  }
  for (const line of asked.getAll('header')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon)] = line.slice(colon + 1)
  }
  if (length !== undefined) headers['content-length'] = String(length)
  response.writeHead(Number(asked.get('status') ?? 200), headers)
}

const ANSWERS: Record<string, Answer> = {
  text(exchange) {
    head(exchange)
    exchange.response.end(exchange.url.searchParams.get('body') ?? 'hello')
  },
  async echo(exchange) {
    const body = await exchange.body
    head(exchange)
    exchange.response.end(`${exchange.request.method} ${body}`)
  },
  redirect({ url, request, response }) {
    const headers: Record<string, string> = { location: url.searchParams.get('to') ?? '/text' }
    if (url.searchParams.has('cors')) headers['access-control-allow-origin'] = request.headers.origin ?? '*'
    response.writeHead(Number(url.searchParams.get('status') ?? 302), headers)
    response.end()
  },
  /** Answers a preflight as `allow` says, and anything else as /text. */
  preflight(exchange) {
    const { url, request, response } = exchange
    if (request.method !== 'OPTIONS') return ANSWERS.text?.(exchange)
    response.writeHead(204, {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-headers': url.searchParams.get('allow') ?? '',
      'access-control-allow-methods': url.searchParams.get('methods') ?? 'PUT',
    })
    response.end()
  },
  /** Headers and the first bytes, and never an end. */
  endless(exchange) {
    head(exchange)
    exchange.response.write('begun')
  },
  hang() {},
  reset({ request }) {
    request.socket.destroy()
  },
  /** Says it sends 100 bytes, sends five and hangs up: at once, or with `stepped` when the page says that it has them. */
  truncated(exchange) {
    const { url, request, response, streams } = exchange
    head(exchange, 100)
    response.write('begun', async () => {
      if (url.searchParams.has('stepped')) await streams.step(url.pathname)
      request.socket.destroy()
    })
  },
  /** As many chunks as the client takes; see StreamCounts. */
  stream(exchange) {
    const { url, response, streams } = exchange
    let left = Number(url.searchParams.get('chunks') ?? 4)
    const stream = streams.start(url.pathname)
    head(exchange)
    response.once('close', () => streams.end(stream, response.writableFinished))
    const write = (): void => {
      while (left > 0) {
        left--
        if (!response.write(CHUNK)) return
      }
      response.end()
    }
    response.on('drain', write)
    write()
  },
  /** Three writes, each when the page asks for it by /control/step. */
  async steps(exchange) {
    const { response, streams, url } = exchange
    head(exchange)
    response.flushHeaders()
    for (const step of [1, 2, 3]) {
      await streams.step(url.pathname)
      response.write(`step ${step};`)
    }
    response.end()
  },
  events(exchange) {
    const { url, request, response } = exchange
    if (request.headers['last-event-id'] !== undefined && url.searchParams.has('once')) {
      response.writeHead(204)
      response.end()
      return
    }
    exchange.url.searchParams.set('type', url.searchParams.get('type') ?? 'text/event-stream')
    head(exchange)
    response.write(
      url.searchParams.get('send') ?? 'retry: 10\n\nid: 1\ndata: one\n\nevent: named\nid: 2\ndata: two\n\n',
    )
    if (url.searchParams.has('once')) response.end()
  },
}

export function answer(exchange: Exchange): void {
  const [, first = ''] = exchange.url.pathname.split('/')
  const answerOf = ANSWERS[first]
  if (answerOf) {
    void answerOf(exchange)
    return
  }
  exchange.response.writeHead(404, { 'content-type': 'text/plain' })
  exchange.response.end('no such answer')
}
