// Node. The tortured page's server: under two names, so that one of the page's frames is a cross-origin one.
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { bundle } from '../harness/bundle.ts'
import { servePages } from '../harness/page-server.ts'
import type { Made } from './maker.ts'

export interface TortureSite {
  /** A page of its own for each `visit`. */
  url(visit: number): string
  /** What the documents that were left said then, by their ids. */
  left: ReadonlyMap<string, Made>
  stop(): Promise<void>
}

export async function serveTorture(): Promise<TortureSite> {
  const left = new Map<string, Made>()
  const script = await bundle(fileURLToPath(new URL('./maker.ts', import.meta.url)))
  const server = await servePages(new Map([['torture', script]]), async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end()
    const made = JSON.parse(await text(request)) as Made
    // A document that came back from the back/forward cache is left again.
    if (made.made >= (left.get(made.id)?.made ?? 0)) left.set(made.id, made)
    response.writeHead(204).end()
  })
  return { url: visit => `${server.pageUrl('torture')}?${visit}`, left, stop: server.stop }
}
