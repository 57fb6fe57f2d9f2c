// Node. A loopback server: an ordinary http origin, not isolated, so clocks are as coarse and as
// expensive as in ordinary pages.
import { createServer, type RequestListener, type Server } from 'node:http'

export interface PageServer {
  /** The empty page whose only script is the named one. */
  pageUrl(script: string): string
  origin: string
  stop(): Promise<void>
}

const pageOf = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${script}</title><script src="/scripts/${script}.js"></script>`

/** Serves a page per script; whatever else is asked for goes to `otherwise`, or is a 404. */
export async function servePages(
  scripts: ReadonlyMap<string, string>,
  otherwise: RequestListener = (_request, response) => response.writeHead(404).end(),
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
  const origin = await listen(server)
  return {
    origin,
    pageUrl: script => `${origin}/pages/${script}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}`
}
