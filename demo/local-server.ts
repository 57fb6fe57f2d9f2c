// World: Node. A server that this machine alone can reach.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LocalServer {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** The same server under another name, so that it is a cross origin: `http://localhost:PORT`. */
  readonly otherOrigin: string
  /** Also cuts requests that would never be answered. */
  close(): Promise<void>
}

/** Rejects when the port is taken. Without a port the system picks a free one. */
export async function listenLocally(server: Server, wanted = 0): Promise<LocalServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
