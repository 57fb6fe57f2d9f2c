// Test (Node): one page that runs cases one after the other, each in a document of its own.
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import type { ConsoleMessage, Page } from 'playwright/test'
import type { CaseSource } from './case-set.ts'
import { normalize } from './normalize.ts'
import { type CaseServer, startCaseServer } from './server/case-server.ts'

/** What could be observed of one run, by the page and by the server. */
export interface CaseRecord {
  page: unknown
  /** Uncaught errors, as the console shows them. */
  uncaught: string[]
  wire: unknown
}

export interface Lane {
  /** Rejects when the case itself fails, or runs in a page that is not as expected. */
  run(source: CaseSource): Promise<CaseRecord>
  close(): Promise<void>
}

/** What a case's page reports by the console. */
interface Report {
  case: true
  seenFetch: string
  record?: unknown
  failure?: string
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
  const server: CaseServer = await startCaseServer()
  return {
    async run(source) {
      const url = server.serve(documentOf(source))
      const uncaught: string[] = []
      const onError = (error: Error): void => void uncaught.push(`${error.name}: ${error.message}`)
      page.on('pageerror', onError)
      const reported = page.waitForEvent('console', message => reportIn(message) !== undefined)
      await page.goto(url, { waitUntil: 'commit' })
      const report = reportIn(await reported)
      page.off('pageerror', onError)
      if (report?.seenFetch !== seenFetch) throw new Error(`The page's fetch is ${report?.seenFetch}`)
      if (report.record === undefined) throw new Error(`The case failed: ${report.failure ?? 'it returned nothing'}`)
      return normalize({ page: report.record, uncaught, wire: server.arrivals() }, server)
    },
    close: () => server.close(),
  }
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
