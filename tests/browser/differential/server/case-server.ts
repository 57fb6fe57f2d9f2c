// Test (Node): the differential suite's own server: it serves each case's document on an origin of the case's own,
// so that cookies, caches and late requests of one case are none of another's, and keeps a log of what arrived.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { acceptWebSocket } from '../../../../bench/harness/accept-websocket.ts'
import { listenLocally } from '../../../../demo/local-server.ts'
import { answer } from './answers.ts'
import { type Arrival, createRequestLog } from './request-log.ts'
import { createStreamCounts } from './stream-counts.ts'

/** One case at the server. */
export interface ServedCase {
  readonly url: string
  /** Host and port of the case's documents. */
  readonly host: string
  /** Host and port of its cross origin, another site too. */
  readonly otherHost: string
  /** What has arrived, but for the document. */
  arrivals(): Arrival[]
}

export interface CaseServer {
  /** An empty page of the cases' site. */
  readonly hostPage: string
  /** `scripts` by their paths. */
  serve(html: string, scripts?: Readonly<Record<string, string>>): ServedCase
  close(): Promise<void>
}

const HOST_PAGE = '<!doctype html><link rel="icon" href="data:,"><body>'

export async function startCaseServer(): Promise<CaseServer> {
  const cases = new Map<string, ReturnType<typeof createCase>>()

  const caseOf = ({ headers: { host = '' } }: IncomingMessage): ReturnType<typeof createCase> | undefined =>
    cases.get(/^[co](\d+)\./.exec(host)?.[1] ?? '')

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://server.invalid')
    const served = caseOf(request)
    if (url.pathname === '/host' || url.pathname === '/case') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      response.end(url.pathname === '/host' ? HOST_PAGE : served?.html)
      return
    }
    // DevTools asks every page that it opens on for a file there.
    if (!served || url.pathname.startsWith('/.well-known/')) {
      response.writeHead(404)
      response.end()
      return
    }
    if (url.pathname.startsWith('/control/')) {
      void served.control(url, response)
      return
    }
    const script = served.scripts[url.pathname]
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
      response.end(script)
      return
    }
    const body = readBody(request)
    served.log.add(request, body)
    answer({ url, request, response, body, streams: served.streams })
  }

  const server = createServer(onRequest)
  /** Of WebSockets: the server forgets them. */
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request, socket) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    caseOf(request)?.log.add(request, Promise.resolve(''))
    acceptWebSocket(request, socket)
  })
  const { port, close } = await listenLocally(server)

  return {
    hostPage: `http://host.site.localhost:${port}/host`,
    serve(html, scripts = {}) {
      const served = createCase(html, scripts)
      const number = cases.size + 1
      cases.set(String(number), served)
      const host = `c${number}.site.localhost:${port}`
      return {
        url: `http://${host}/case`,
        host,
        otherHost: `o${number}.else.localhost:${port}`,
        arrivals: served.log.list,
      }
    },
    close() {
      for (const socket of upgraded) socket.destroy()
      return close()
    },
  }
}

function createCase(html: string, scripts: Readonly<Record<string, string>>) {
  const log = createRequestLog()
  const streams = createStreamCounts()
  return {
    html,
    scripts,
    log,
    streams,
    /** What the case asks of the server itself. */
    async control(url: URL, response: ServerResponse): Promise<void> {
      const path = url.searchParams.get('path') ?? ''
      let result = ''
      if (url.pathname === '/control/arrived') await log.arrived(path, Number(url.searchParams.get('count')))
      else if (url.pathname === '/control/step') streams.allowStep(path)
      else result = await streams.ended(path)
      response.writeHead(200, { 'cache-control': 'no-store' })
      response.end(result)
    },
  }
}

/** The body, a character a byte, cut where the client cut it. */
async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  try {
    for await (const chunk of request) text += (chunk as Buffer).toString('latin1')
  } catch {
    text += '(cut off)'
  }
  return text
}
