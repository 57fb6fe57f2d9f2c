// Node. A loopback server: an ordinary http origin, not isolated, so clocks are as coarse and as
// expensive as in ordinary pages.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import { listenLocally } from '../../demo/local-server.ts'

export interface PageServer {
  /** The empty page whose only script is the named one. */
  pageUrl(script: string): string
  origin: string
  stop(): Promise<void>
}

const pageOf = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${script}</title><script src="/scripts/${script}.js"></script>`

/** Serves a page per script. Any other request goes to `otherwise`, or is a 404; WebSockets go to `onUpgrade`. */
export async function servePages(
  scripts: ReadonlyMap<string, string>,
  otherwise: RequestListener = (_request, response) => response.writeHead(404).end(),
  onUpgrade?: (request: IncomingMessage, socket: Duplex) => void,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    const [, folder, file] = (request.url ?? '').replace(/\?.*$/, '').split('/')
    const source = folder === 'scripts' ? scripts.get(file?.replace(/\.js$/, '') ?? '') : undefined
    if (source !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(source)
    } else if (folder === 'pages' && file !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(file))
    } else {
      otherwise(request, response)
    }
  })
  if (onUpgrade) server.on('upgrade', onUpgrade)
  const { url, close } = await listenLocally(server)
  return { origin: url, pageUrl: script => `${url}/pages/${script}`, stop: close }
}
