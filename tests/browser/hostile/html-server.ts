// Test (Node): a loopback server of one page. Playwright's own `fulfill` makes a page of no known network, from
// which Chromium lets no frame of localhost in.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HtmlServer {
  url: string
  close(): void
}

/** Answers every path with the same document. */
export async function serveHtml(body: string, headers: Record<string, string> = {}): Promise<HtmlServer> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
