// World: Node. The demo's API: every way in which a request can go, one route each.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { json, numberParameter } from './answer.ts'
import { stream } from './stream.ts'
import { findUser, users } from './users.ts'

interface Exchange {
  readonly url: URL
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

type Handler = (exchange: Exchange, argument: string) => void

/** A slower answer than this tells nothing that a shorter one doesn't. */
const MAX_DELAY_MS = 60_000

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers': '*',
}

const routes: readonly (readonly [RegExp, Handler])[] = [
  [/^\/api\/users$/, ({ response }) => json(response, 200, users)],
  [/^\/api\/users\/(\d+)$/, ({ response }, id) => json(response, 200, findUser(Number(id)))],
  [/^\/api\/slow$/, ({ response }) => json(response, 200, { slow: true })],
  [/^\/api\/status\/([2-5]\d\d)$/, ({ response }, code) => status(response, Number(code))],
  [/^\/api\/stream$/, ({ url, response }) => stream(url, response)],
  [/^\/api\/hang$/, () => undefined],
  [/^\/api\/reset$/, ({ request }) => request.socket.destroy()],
  [/^\/api\/echo$/, ({ request, response }) => echo(request, response)],
]

/** Every route takes `?ms=` and then answers that many milliseconds later. */
export function answerApi(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const isCors = url.pathname.startsWith('/api/cors/')
  if (isCors) {
    for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value)
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end()
      return
    }
  }
  const path = isCors ? url.pathname.replace('/api/cors/', '/api/') : url.pathname
  for (const [pattern, handle] of routes) {
    const match = pattern.exec(path)
    if (!match) continue
    const answer = () => handle({ url, request, response }, match[1] ?? '')
    const delay = numberParameter(url, 'ms', path === '/api/slow' ? 1_000 : 0, MAX_DELAY_MS)
    if (delay === 0) answer()
    else answerLater(response, delay, answer)
    return
  }
  json(response, 404, { error: `no route ${path}` })
}

function answerLater(response: ServerResponse, delay: number, answer: () => void): void {
  const timer = setTimeout(answer, delay)
  response.once('close', () => clearTimeout(timer))
}

function status(response: ServerResponse, code: number): void {
  if (code === 204 || code === 304) response.writeHead(code).end()
  else json(response, code, { status: code })
}

function echo(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': request.headers['content-type'] ?? 'application/octet-stream',
  })
  request.pipe(response)
}
