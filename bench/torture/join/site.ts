// Node. The page that makes the requests, and a server that answers as their headers say: `x-status`, `x-delay` in milliseconds,
// and `x-size`, which lets the two halves of a request be compared.
import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { acceptWebSocket } from '../../harness/accept-websocket.ts'
import { bundle } from '../../harness/bundle.ts'
import { servePages } from '../../harness/page-server.ts'

const answer: RequestListener = (request, response) => {
  const { pathname, search } = new URL(`http://server.invalid${request.url ?? '/'}`)
  const { 'x-status': status = '200', 'x-delay': delay = '0', 'x-size': size = '1' } = request.headers
  request.resume()
  const respond = (): void => {
    if (pathname === '/reset') request.socket.destroy()
    else if (pathname === '/redirect') response.writeHead(302, { location: `/landed${search}` }).end()
    else {
      // With a length: the framing of a chunked body would be counted as part of it.
      const headers = { 'content-type': 'text/plain', 'content-length': Number(size), 'cache-control': 'no-store' }
      response.writeHead(Number(status), headers).end('x'.repeat(Number(size)))
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
