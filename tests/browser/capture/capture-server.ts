// Test (Node): a server whose answers the capture tests know. One port, two origins: 127.0.0.1 and localhost.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { acceptWebSocket } from '../../../bench/harness/accept-websocket.ts'
import { type LocalServer, listenLocally } from '../../../demo/local-server.ts'
import { WORKER_SCRIPTS } from './worker-scripts.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }

const ANSWERS: Record<string, Answer> = {
  '/ok': (_request, response) => send(response, 200, 'text/plain', 'ok'),
  '/page': (_request, response) =>
    send(response, 200, 'text/html', '<!doctype html><title>P</title><link rel="icon" href="data:,">'),
  /** With preloads that the page's script may use. */
  '/preloads': (_request, response) => {
    const header = ['/ok?by-header', '/slow?by-header'].map(url => `<${url}>; rel=preload; as=fetch; crossorigin`)
    response.setHeader('link', header.join(', '))
    const link = '<link rel="preload" as="fetch" crossorigin href="/ok?by-link"><link rel="icon" href="data:,">'
    send(response, 200, 'text/html', `<!doctype html><title>P</title>${link}`)
  },
  /** In another encoding than UTF-8. */
  '/latin1': (_request, response) =>
    send(
      response,
      200,
      'text/html; charset=windows-1252',
      '<!doctype html><title>P</title><link rel="icon" href="data:,">',
    ),
  '/slow': (_request, response) => void setTimeout(() => send(response, 200, 'text/plain', 'slow'), 1_500),
  '/etag': ({ headers }, response) => revalidated(headers['if-none-match'] === ETAG, response),
  '/conditional': (_request, response) => revalidated(true, response),
  '/pixel': (_request, response) => send(response, 200, 'image/gif', PIXEL),
  '/status': (_request, response, url) => {
    const status = Number(url.searchParams.get('status'))
    response.writeHead(status, { 'cache-control': 'no-store' }).end(status === 204 ? undefined : 'body')
  },
  '/redirect': (_request, response, url) =>
    response
      .writeHead(Number(url.searchParams.get('status') ?? 302), { location: url.searchParams.get('to') ?? '/ok' })
      .end(),
  '/reset': ({ socket }) => socket.destroy(),
  '/hang': () => undefined,
  /** The headers and a part of the body, and nothing more. */
  '/half': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).write('x'.repeat(2_000))
  },
  /** The headers at once, and the end of the body half a second later. */
  '/late-body': (_request, response) => {
    response.writeHead(200, { ...CORS, 'content-type': 'text/plain', 'cache-control': 'no-store' })
    response.write('x'.repeat(2_000))
    setTimeout(() => response.end('end'), 500)
  },
  /** More than the browser takes in before somebody reads it. */
  '/large': (_request, response) => send(response, 200, 'text/plain', 'x'.repeat(8_000_000)),
  /** The headers and a part of the body, and then the connection breaks. */
  '/broken': ({ socket }, response) => {
    response.writeHead(200, { 'content-length': '2000', 'cache-control': 'no-store' })
    response.write('x'.repeat(1_000), () => socket.destroySoon())
  },
  '/cors': (_request, response) => {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value)
    send(response, 200, 'text/plain', 'cors')
  },
  '/events': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write('data: one\n\ndata: three\n\n')
  },
  '/named-events': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(`event: tick\ndata: ${'x'.repeat(100)}\n\n`.repeat(5))
    response.write('event: lines\ndata: a\ndata: é\n\nevent: unheard\ndata: 1\n\n')
    response.write('event: error\ndata: an error\n\nevent: open\ndata: opened\n\ndata: last\n\n')
  },
}

/** Listens on a free port of the loopback interface. */
export async function startCaptureServer(): Promise<LocalServer> {
  const server = createServer((request, response) => {
    const url = new URL(`http://test.invalid${request.url ?? '/'}`)
    const script = WORKER_SCRIPTS[url.pathname]
    const answer = ANSWERS[url.pathname]
    request.resume()
    if (script !== undefined) send(response, 200, 'text/javascript', script)
    else if (answer) answer(request, response, url)
    else send(response, 404, 'text/plain', 'nothing')
  })
  server.on('upgrade', acceptWebSocket)
  return listenLocally(server)
}

const ETAG = '"1"'

/** The browser keeps it, and asks each time whether it is still right. */
function revalidated(isRight: boolean, response: ServerResponse): void {
  response.writeHead(isRight ? 304 : 200, { etag: ETAG, 'cache-control': 'no-cache' }).end(isRight ? undefined : 'body')
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
