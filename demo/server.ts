// World: Node. The demo's loopback server; it answers this machine alone.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerApi } from './api.ts'
import { loadAssets } from './assets.ts'

export interface DemoServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** The same server under another name, so that it is a cross origin: `http://localhost:PORT`. */
  readonly otherOrigin: string
  /** Also cuts requests that would never be answered. */
  close(): Promise<void>
}

/** Rejects when the port is taken. Without a port the system picks a free one. */
export async function startDemoServer(options: { port?: number } = {}): Promise<DemoServer> {
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
