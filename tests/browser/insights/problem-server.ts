// Test (Node): a server whose answers take as long, fail as often and are as large as a page's problem needs.
import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { type LocalServer, listenLocally } from '../../../demo/local-server.ts'

/** More than 300 kB even when it is compressed: digits of a chaotic map. */
const HUGE = gzipSync(JSON.stringify(Array.from({ length: 60_000 }, (_, i) => Math.abs(Math.sin(i * 7919.7)))))
/** Parts in which it is sent, and milliseconds between two of them. */
const PARTS = 12
const PART_MS = 60

/** `/api/…?ms=90` answers after 90 ms, `/fail/…` with 503, `/huge/…` with a large answer, the rest with a page. */
export function serveProblems(): Promise<LocalServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const [, kind = ''] = pathname.split('/')
    if (kind === 'huge') return sendSlowly(response)
    if (kind === 'fail') return void response.writeHead(503).end()
    if (kind !== 'api')
      return void response.setHeader('content-type', 'text/html').end('<!doctype html><title>Shop</title>')
    await sleep(Number(searchParams.get('ms')))
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ of: pathname }))
  })
  return listenLocally(server)
}

async function sendSlowly(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  const size = Math.ceil(HUGE.length / PARTS)
  for (let part = 0; part < PARTS; part++) {
    response.write(HUGE.subarray(part * size, (part + 1) * size))
    await sleep(PART_MS)
  }
  response.end()
}
