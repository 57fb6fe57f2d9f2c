// Test (Node): one page that runs cases one after the other, each in a document of its own: a frame, which takes
// a tenth of the time of a page, or the page itself.
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import type { ConsoleMessage, Page } from 'playwright/test'
import type { CaseRecord, CaseSource } from './case-set.ts'
import { normalize } from './normalize.ts'
import { startCaseServer } from './server/case-server.ts'

export interface Lane {
  /** Rejects when the case itself fails, or runs in a page that is not as expected. */
  run(source: CaseSource, where: Place): Promise<CaseRecord>
  close(): Promise<void>
}

/** Where a case runs: the little that we do in top documents alone is seen there. */
export type Place = 'frame' | 'page'

/** What a case's page reports by the console. */
interface Report {
  case: true
  seenFetch: string
  record?: unknown
  events?: unknown
  failure?: string
  /** Whether what reaches the server is determined. */
  wire: boolean
}

export const NATIVE_FETCH = 'function fetch() { [native code] }'
export const PATCHED_FETCH = 'function () { [native code] }'

const HARNESS = transformSync(readFileSync(new URL('page/harness.ts', import.meta.url), 'utf8'), {
  loader: 'ts',
  target: 'es2024',
}).code

/**
 * @param page must not have DevTools' front-end in it
 * @param seenFetch how `fetch` prints in this lane: whether we are there
 */
export async function openLane(page: Page, seenFetch: string): Promise<Lane> {
  const server = await startCaseServer()
  return {
    async run(source, where) {
      const served = server.serve(documentOf(source))
      const reported = page.waitForEvent('console', message => reportIn(message) !== undefined)
      if (where === 'page') await page.goto(served.url, { waitUntil: 'commit' })
      else {
        if (page.url() !== server.hostPage) await page.goto(server.hostPage)
        await page.evaluate(openFrame, served.url)
      }
      const report = reportIn(await reported)
      if (report?.seenFetch !== seenFetch) throw new Error(`The page's fetch is ${report?.seenFetch}`)
      if (report.record === undefined) throw new Error(`The case failed: ${report.failure ?? 'it returned nothing'}`)
      return normalize(
        { page: report.record, events: report.events, wire: report.wire ? served.arrivals() : 'chance' },
        served,
      )
    },
    close: () => server.close(),
  }
}

/** In the page: puts a frame in the place of the last. */
function openFrame(url: string): void {
  const frame = document.createElement('iframe')
  frame.src = url
  document.body.replaceChildren(frame)
}

function documentOf(source: CaseSource): string {
  return `<!doctype html><title>Case</title><link rel="icon" href="data:,"><body><script>${HARNESS}</script>
<script>runCase(async t => {
${source}
})</script>`
}

function reportIn(message: ConsoleMessage): Report | undefined {
  if (message.type() !== 'debug' || !message.text().startsWith('{"case":true')) return undefined
  return JSON.parse(message.text()) as Report
}
