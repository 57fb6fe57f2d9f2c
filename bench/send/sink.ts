// Node, a process of its own: a collector that takes everything. It prints its address.
import { createServer } from 'node:http'
import { listenLocally } from '../../demo/local-server.ts'

const { url } = await listenLocally(
  createServer((request, response) => {
    request.resume().once('end', () => response.end())
  }),
)
process.send?.(url)
