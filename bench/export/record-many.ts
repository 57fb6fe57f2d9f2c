// Node. Operations that a page really tracks, and what the worker and the page hold meanwhile. The relay lives in the
// page's heap.
import type { Frame } from 'playwright'
import type { ChromiumSession } from '../../scripts/chromium-session.ts'
import { waitUntil } from '../../scripts/wait-until.ts'
import type { StoredSession } from '../../wire/messages.ts'
import { costsOf } from '../harness/page-costs.ts'
import { servePages } from '../harness/page-server.ts'
import { workerHeap } from './worker-heap.ts'

const OPERATIONS = 1_000_000
const STEPS = 5
/** Operations to a turn of the event loop, and turns between two looks at what is stored: as fast as can be stored. */
const BURST = 500
const BURSTS = 40

export interface RecordedStep {
  operations: number
  /** Bytes after a collection. */
  worker: number
  page: number
}

export async function recordMany({ context, devtoolsFor }: ChromiumSession): Promise<RecordedStep[]> {
  const server = await servePages(new Map())
  const browser = context.browser()
  if (!browser) throw new Error('the browser is closed')
  const protocol = await browser.newBrowserCDPSession()
  try {
    const page = await context.newPage()
    const { panel } = await devtoolsFor(page)
    const url = server.pageUrl('none')
    await page.goto(url)
    await page.waitForFunction(() => 'PerformanceMonitor' in window)
    const costs = await costsOf(page)
    const steps: RecordedStep[] = []
    let made = 0
    for (let step = 0; step <= STEPS; step++) {
      const target = Math.max(1, (OPERATIONS / STEPS) * step)
      while (made < target) {
        await page.evaluate(track, { burst: BURST, bursts: BURSTS })
        made += BURST * BURSTS
        await stored(panel, url, made)
      }
      steps.push({ operations: made, worker: await workerHeap(protocol), page: await costs.retainedBytes() })
    }
    return steps
  } finally {
    server.stop()
  }
}

/** In the page. */
async function track({ burst, bursts }: { burst: number; bursts: number }): Promise<void> {
  const { PerformanceMonitor } = window as unknown as {
    PerformanceMonitor: { getInstance(): { trackOperation(name: string, work: () => Promise<void>): Promise<void> } }
  }
  const monitor = PerformanceMonitor.getInstance()
  for (let turn = 0; turn < bursts; turn++) {
    const running: Promise<void>[] = []
    for (let i = 0; i < burst; i++) running.push(monitor.trackOperation(`load ${i % 20}`, () => Promise.resolve()))
    await Promise.all(running)
    await new Promise(resolve => setTimeout(resolve))
  }
}

/** Waits until the page's session has so many operations. */
async function stored(panel: Frame, url: string, operations: number): Promise<void> {
  await waitUntil(
    `${operations} operations to be stored`,
    async () => (await panel.evaluate(countStored, url)) >= operations,
  )
}

/** In the panel. */
async function countStored(url: string): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('perf')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const sessions = await new Promise<StoredSession[]>((resolve, reject) => {
    const reading = db.transaction('sessions').objectStore('sessions').getAll()
    reading.onsuccess = () => resolve(reading.result)
    reading.onerror = () => reject(reading.error)
  })
  db.close()
  return sessions.reduce((sum, session) => (session.url === url ? sum + session.operations : sum), 0)
}
