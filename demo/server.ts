// World: Node. The demo's loopback server; it answers this machine alone.

import { createServer } from 'node:http'
import { answerApi } from './api.ts'
import { loadAssets } from './assets.ts'
import { type LocalServer, listenLocally } from './local-server.ts'

/** Rejects when the port is taken. Without a port the system picks a free one. */
export async function startDemoServer(options: { port?: number } = {}): Promise<LocalServer> {
  const assets = await loadAssets()
  const server = createServer((request, response) => {
    const url = new URL(`http://demo.invalid${request.url ?? '/'}`)
    const asset = assets.get(url.pathname)
    if (asset) {
      response.writeHead(200, { 'content-type': asset.type, 'cache-control': 'no-store' })
      response.end(asset.body)
      return
    }
    answerApi(url, request, response)
  })
  return listenLocally(server, options.port)
}
