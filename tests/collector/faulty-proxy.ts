// Node: stands before a backend, and is busy, unavailable or gone when a test wants it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type LocalServer, listenLocally } from '../../demo/local-server.ts'

/** `gone`: nobody listens. */
type Mode = 'forward' | 'busy' | 'unavailable' | 'gone'

const REFUSALS = { busy: 429, unavailable: 503 }

export interface FaultyProxy {
  endpoint: string
  set(mode: Mode): Promise<void>
  /** How many requests were answered with each status, and how many had nobody left to answer. */
  readonly answers: Readonly<Record<string, number>>
  close(): Promise<void>
}

export async function startFaultyProxy(backend: string): Promise<FaultyProxy> {
  const answers: Record<string, number> = { unanswered: 0 }
  let mode: Mode = 'forward'

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const answer = (status: number, headers: Record<string, string>, body?: Buffer): void => {
      if (response.destroyed) (answers.unanswered as number)++
      else answers[status] = (answers[status] ?? 0) + 1
      response.writeHead(status, headers).end(body)
    }
    if (mode === 'busy' || mode === 'unavailable') return answer(REFUSALS[mode], { 'retry-after': '1' })
    const { 'content-type': type = '', 'content-encoding': encoding = '' } = request.headers
    const taken = await fetch(`${backend}${request.url}`, {
      method: 'POST',
      headers: { 'content-type': type, 'content-encoding': encoding },
      body: Buffer.concat(parts),
    })
    const headers = { 'content-type': taken.headers.get('content-type') ?? '' }
    answer(taken.status, headers, Buffer.from(await taken.arrayBuffer()))
  }

  const listen = (port?: number): Promise<LocalServer> =>
    // A request that is cut off by whoever sends it needs no answer.
    listenLocally(
      createServer((request, response) => void handle(request, response).catch(() => response.destroy())),
      port,
    )
  let server: LocalServer | undefined = await listen()
  const { port } = server
  return {
    endpoint: server.url,
    answers,
    async set(wanted) {
      mode = wanted
      if (wanted === 'gone') {
        await server?.close()
        server = undefined
      } else server ??= await listen(port)
    },
    close: async () => server?.close(),
  }
}
