// Test (Node): the differential suite's own server: it serves the case's document, answers its requests and
// keeps a log of all that arrived.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from './answers.ts'
import { type Arrival, createRequestLog } from './request-log.ts'
import { createStreamCounts } from './stream-counts.ts'
import { acceptWebSocket } from './websocket.ts'

export interface CaseServer {
  /** Without a slash at the end. */
  readonly origin: string
  /** The same server as a cross origin. */
  readonly other: string
  /** Serves `html` as the document of a case, from now on, and forgets what came before. Returns its URL. */
  serve(html: string): string
  /** What arrived since, but for the document. */
  arrivals(): Arrival[]
  close(): Promise<void>
}

export async function startCaseServer(): Promise<CaseServer> {
  const log = createRequestLog()
  const streams = createStreamCounts()
  let html = ''

  const control = async (url: URL, response: ServerResponse): Promise<void> => {
    const path = url.searchParams.get('path') ?? ''
    let result = ''
    if (url.pathname === '/control/arrived') await log.arrived(path, Number(url.searchParams.get('count')))
    else if (url.pathname === '/control/step') streams.allowStep(path)
    else result = await streams.ended(path)
    response.writeHead(200, { 'cache-control': 'no-store' })
    response.end(result)
  }

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://server.invalid')
    if (url.pathname === '/case') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      response.end(html)
      return
    }
    if (url.pathname.startsWith('/control/')) {
      void control(url, response)
      return
    }
    const body = readBody(request)
    log.add(request, body)
    answer({ url, request, response, body, streams })
  }

  const server = createServer(onRequest)
  server.on('upgrade', (request, socket) => {
    log.add(request, Promise.resolve(''))
    acceptWebSocket(request, socket)
  })
  // On both stacks: `localhost` may mean either.
  await new Promise<void>(resolve => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo

  return {
    origin: `http://127.0.0.1:${port}`,
    other: `http://localhost:${port}`,
    serve(document) {
      html = document
      log.take()
      streams.clear()
      return `http://127.0.0.1:${port}/case`
    },
    arrivals: () => log.take(),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The body as text, cut where the client cut it. */
async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  try {
    for await (const chunk of request) text += (chunk as Buffer).toString('latin1')
  } catch {
    text += '(cut off)'
  }
  return text
}
