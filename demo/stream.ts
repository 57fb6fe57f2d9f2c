// World: Node. A chunked answer that takes its time: `/api/stream?chunks=10&every=100` (ms).

import type { ServerResponse } from 'node:http'
import { numberParameter } from './answer.ts'

const MAX_CHUNKS = 1_000
const MAX_INTERVAL_MS = 10_000

export function stream(url: URL, response: ServerResponse): void {
  const chunks = Math.floor(numberParameter(url, 'chunks', 10, MAX_CHUNKS))
  const every = numberParameter(url, 'every', 100, MAX_INTERVAL_MS)
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
  response.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    if (sent === chunks) {
      clearInterval(timer)
      response.end()
      return
    }
    sent += 1
    response.write(`chunk ${sent} of ${chunks}\n`)
  }, every)
  response.once('close', () => clearInterval(timer))
}
