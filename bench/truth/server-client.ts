// Node. Starts the test server's process, and asks it for its log.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ServedRequest } from './truth-server.ts'

export interface TruthServerClient {
  origin: string
  /** The URL of the test page. */
  page: string
  /** What was served so far, by the request's number. */
  served(): Promise<Map<number, ServedRequest>>
  stop(): void
}

export async function startTruthServer(): Promise<TruthServerClient> {
  const file = fileURLToPath(new URL('./server-process.ts', import.meta.url))
  const child = fork(file, { execArgv: ['--import', 'tsx'] })
  const answer = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T
  const { origin, page } = await answer<{ origin: string; page: string }>()
  return {
    origin,
    page,
    async served() {
      const answered = answer<{ served: [number, ServedRequest][] }>()
      child.send('served')
      return new Map((await answered).served)
    },
    stop: () => child.disconnect(),
  }
}
