// Test (Node): serves a folder on this machine, for readers that are web applications.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { type LocalServer, listenLocally } from '../../demo/local-server.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

export function serveFolder(root: string): Promise<LocalServer> {
  const server = createServer(async (request, response) => {
    const [path = ''] = (request.url ?? '').split(/[?#]/)
    const file = join(root, path === '/' ? 'index.html' : path)
    const content = await readFile(file).catch(() => undefined)
    response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(content)
  })
  return listenLocally(server)
}
