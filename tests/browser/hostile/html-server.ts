// Test (Node): a loopback server of one page. Playwright's own `fulfill` makes a page of no known network, from
// which Chromium lets no frame of localhost in.
import { createServer } from 'node:http'
import { type LocalServer, listenLocally } from '../../../demo/local-server.ts'

/** Answers every path with the same document. */
export function serveHtml(body: string, headers: Record<string, string> = {}): Promise<LocalServer> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
  })
  return listenLocally(server)
}
