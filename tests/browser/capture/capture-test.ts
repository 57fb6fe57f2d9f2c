// Test (Node): the browser of perf-test.ts, with the capture tests' server.

import type { LocalServer } from '../../../demo/local-server.ts'
import type { SessionFile, SessionOperation } from '../../../session/format.ts'
import { startCaptureServer } from './capture-server.ts'

/** For `test.extend`. */
export const serverFixture = {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  server: async ({}, use: (server: LocalServer) => Promise<void>) => {
    const server = await startCaptureServer()
    await use(server)
    await server.close()
  },
}

/** Whether every operation has an end, or says why it has none. */
export function allSettled({ operations }: SessionFile): boolean {
  return operations.every(({ outcome, endUnknown }) => outcome !== 'pending' || endUnknown !== undefined)
}

/** The operations whose URL holds `part`. */
export function operationsAt({ operations }: SessionFile, part: string): SessionOperation[] {
  return operations.filter(({ http, connection }) => (http ?? connection)?.url.includes(part))
}

/** What DevTools alone saw, as `type path?query`. */
export function seenByDevtools({ networkRequests }: SessionFile): string[] {
  return networkRequests.map(({ type, url }) => {
    const { pathname, search } = new URL(url)
    return `${type} ${pathname}${search}`
  })
}
