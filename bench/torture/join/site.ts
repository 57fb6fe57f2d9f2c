// Node. The page that makes the requests, and a server that answers as their headers say: `x-status`, `x-delay` in
// milliseconds and `x-size`. Each response has the number of its request as its `etag`. DevTools reports that, and it is
// not used for joining: it shows whose half an operation got.
import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { acceptWebSocket } from '../../harness/accept-websocket.ts'
import { bundle } from '../../harness/bundle.ts'
import { servePages } from '../../harness/page-server.ts'

const answer: RequestListener = (request, response) => {
  const { pathname, search, searchParams } = new URL(`http://server.invalid${request.url ?? '/'}`)
  const { 'x-status': status = '200', 'x-delay': delay = '0', 'x-size': size = '1' } = request.headers
  const etag = `${request.headers['x-number'] ?? searchParams.get('n')}`
  request.resume()
  const respond = (): void => {
    if (pathname === '/reset') request.socket.destroy()
    else if (pathname === '/redirect') response.writeHead(302, { location: `/landed${search}`, etag }).end()
    else {
      // With a length: the framing of a chunked body would be counted as part of it.
      const length = { 'content-type': 'text/plain', 'content-length': Number(size) }
      response.writeHead(Number(status), { ...length, 'cache-control': 'no-store', etag }).end('x'.repeat(Number(size)))
    }
  }
  setTimeout(respond, Number(delay))
}

/** Listens on a free port of the loopback interface. */
export async function serveRequests(): Promise<{ url: string; stop(): Promise<void> }> {
  const script = await bundle(fileURLToPath(new URL('./page.ts', import.meta.url)))
  const server = await servePages(new Map([['join', script]]), answer, acceptWebSocket)
  return { url: server.pageUrl('join'), stop: server.stop }
}
