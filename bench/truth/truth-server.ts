// Node. A loopback server that keeps known delays and logs, by its own monotonic clock, when it did what.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { PlannedRequest } from './request-plan.ts'

/** Milliseconds of CLOCK_MONOTONIC, which is also the protocol log's clock on Linux; bytes. */
export interface ServedRequest {
  received: number
  headersSent?: number
  /** When the last of the body was handed to the operating system. */
  bodyEnded?: number
  /** Of the body, as sent. */
  bytes: number
}

type Delays = Pick<PlannedRequest, 'n' | 'headersAfter' | 'bodyAfter' | 'size'>

export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export interface TruthServer {
  answer: RequestListener
  /** By the request's number. */
  served: Map<number, ServedRequest>
}

export function createTruthServer(): TruthServer {
  const served = new Map<number, ServedRequest>()
  const bodies = new Map<string, Buffer>()

  /** Made once: while one is compressed, no other request is seen. */
  const bodyOf = (size: number, zipped: boolean): Buffer => {
    const key = `${size} ${zipped}`
    const plain = (): Buffer => Buffer.alloc(size, 'truth ')
    const body = bodies.get(key) ?? (zipped ? gzipSync(plain()) : plain())
    bodies.set(key, body)
    return body
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = monotonicNow()
    const url = new URL(request.url ?? '/', 'http://server.invalid')
    const flag = (name: string): string | null => url.searchParams.get(name)
    response.setHeader('cache-control', 'no-store')
    // Else the browser keeps the response from the page until it has seen some of the body.
    response.setHeader('x-content-type-options', 'nosniff')
    if (flag('cors')) response.setHeader('access-control-allow-origin', '*')
    if (flag('timing')) response.setHeader('timing-allow-origin', '*')
    if (url.pathname !== '/r') return void response.writeHead(404).end()
    if (flag('redirect')) {
      url.searchParams.delete('redirect')
      return void response.writeHead(302, { location: `/r${url.search}` }).end()
    }
    const { n, headersAfter, bodyAfter, size } = await delaysOf(request, url)
    const log: ServedRequest = { received, bytes: 0 }
    served.set(n, log)
    const body = bodyOf(size, flag('gzip') !== null)
    if (flag('gzip')) response.setHeader('content-encoding', 'gzip')
    await until(received + headersAfter)
    if (flag('end') === 'reset') return void request.socket.destroy()
    response.writeHead(Number(flag('status') ?? 200), {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
    })
    response.flushHeaders()
    log.headersSent = monotonicNow()
    // A response without a body ends with its headers: nothing comes after them.
    if (size === 0) {
      log.bodyEnded = log.headersSent
      return void response.end()
    }
    await until(log.headersSent + bodyAfter)
    log.bytes = body.length
    response.end(body, () => {
      log.bodyEnded = monotonicNow()
    })
  }
  return { served, answer: (request, response) => void answer(request, response).catch(() => response.destroy()) }
}

async function delaysOf(request: IncomingMessage, { searchParams }: URL): Promise<Delays> {
  const sent = await text(request)
  if (searchParams.has('same')) return JSON.parse(sent) as Delays
  const [n, headersAfter, bodyAfter, size] = ['n', 'a', 'b', 's'].map(name => Number(searchParams.get(name)))
  return { n, headersAfter, bodyAfter, size } as Delays
}

/** A timer may fire up to a millisecond early. */
async function until(time: number): Promise<void> {
  for (let left = time - monotonicNow(); left > 0; left = time - monotonicNow()) {
    await new Promise(resolve => setTimeout(resolve, left))
  }
}
