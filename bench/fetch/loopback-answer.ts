// Node. What the loopback server answers to the pages' requests: a small body that no cache keeps.
import type { RequestListener } from 'node:http'

const BODY = JSON.stringify({ items: Array.from({ length: 10 }, (_, id) => ({ id, name: `item ${id}` })) })

export const answerRequest: RequestListener = (request, response) => {
  if (!request.url?.startsWith('/api/')) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(BODY)
}
