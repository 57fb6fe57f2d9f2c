// Node. Chromium with the built extension, and DevTools open on every page.
import type { BrowserContext, Page, Worker } from 'playwright'
import { openChromium } from '../../scripts/chromium-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import { readStored, type Stored } from './stored-operations.ts'

/** Milliseconds in which a document that DevTools has seen from its start is in the log, many times over. */
const DOCUMENT_TIMEOUT = 3_000

export interface RecordingBrowser {
  version: string
  /** A page that is being recorded. Every call needs a URL of its own. `early` runs in it before all other scripts. */
  open(url: string, early?: string): Promise<RecordedPage>
  stop(): Promise<void>
}

export interface RecordedPage {
  page: Page
  /** Waits until the extension has stored this many ended operations of the page. Rejects if any was lost. */
  stored(operations: number): Promise<void>
  /** Whether it has stored this many of its requests, ended or not. Rejects if any was lost. */
  requestsStored(requests: number): Promise<boolean>
}

export async function openRecordingBrowser(extension: string): Promise<RecordingBrowser> {
  const { context, close } = await openChromium({ extensionDir: extension, headless: true, devtools: true })
  const version = context.browser()?.version() ?? 'of unknown version'
  return { version, open: (url, early) => openRecorded(context, url, early), stop: close }
}

async function openRecorded(context: BrowserContext, url: string, early?: string): Promise<RecordedPage> {
  const page = await context.newPage()
  if (early !== undefined) await page.addInitScript(early)
  let read = followLog(context, url)
  // DevTools opens beside the page, some time after it. A document from before is injected late, in the middle
  // of what is measured: it has to be one that was recorded from its start.
  await waitUntil(`${url} to be recorded from its start`, async () => {
    await page.goto(url)
    const early = await page.evaluate(() => 'PerformanceMonitor' in window)
    if (!early) return false
    read = followLog(context, url)
    return waitUntil(url, async () => (await read()).documents > 0, DOCUMENT_TIMEOUT).catch(() => false)
  })
  const readAll = async (): Promise<Stored> => {
    const stored = await read()
    if (stored.lost > 0) throw new Error(`${stored.lost} operations were lost: the figures would flatter the recording`)
    return stored
  }
  return {
    page,
    async stored(operations) {
      await waitUntil(`${operations} operations to be stored`, async () => (await readAll()).ended >= operations)
    },
    requestsStored: async requests => (await readAll()).lastRequest >= requests,
  }
}

/** Each call reads on from where the last one stopped, and returns the totals. */
function followLog(context: BrowserContext, url: string): () => Promise<Stored> {
  const total: Stored = { documents: 0, ended: 0, lastRequest: 0, lost: 0 }
  let after = 0
  return async () => {
    const worker = await workerOf(context)
    const { documents, ended, lastRequest, lost, reached } = await worker.evaluate(readStored, { url, after })
    after = reached
    total.documents += documents
    total.ended += ended
    total.lastRequest = Math.max(total.lastRequest, lastRequest)
    total.lost += lost
    return total
  }
}

async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker')
}
