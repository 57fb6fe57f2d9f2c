// Node. The browsers in which pages are opened, each started when it is first needed. With DevTools open each variant has
// one of its own: nobody is to have what another has warmed up, or to wait for it.
import type { Browser, Page } from 'playwright'
import { openBrowser } from '../harness/browser.ts'
import { openDevtoolsBrowser } from '../harness/devtools-browser.ts'
import { openRecordingBrowser } from '../harness/recording-browser.ts'
import type { Stored } from '../harness/stored-operations.ts'
import type { Variant } from './plan.ts'

export interface PlacedPage {
  page: Page
  /** Whether this many of its requests have arrived where they are recorded. Rejects if any was lost. */
  recorded(requests: number): Promise<boolean>
  close(): Promise<void>
}

/** Opens a fresh page. `early` runs in it before all other scripts. */
type Open = (url: string, early?: string) => Promise<PlacedPage>

export interface Places {
  open(variant: Variant, url: string, early?: string): Promise<PlacedPage>
  /** The browser's version, which is the same for all. */
  version(): string
  /** Opening a page starts its browser again. */
  stop(): Promise<void>
}

interface OpenedPlace {
  version: string
  open: Open
  stop(): Promise<void>
}

export function createPlaces(extension: string): Places {
  const opened = new Map<string, OpenedPlace>()
  let version = 'not started'
  const start = async ({ name, place }: Variant): Promise<OpenedPlace> => {
    const key = place === 'plain' ? place : name
    const known = opened.get(key)
    if (known) return known
    const started = await (place === 'plain' ? plain() : place === 'devtools' ? devtools() : recording(extension))
    opened.set(key, started)
    version = started.version
    return started
  }
  return {
    open: async (variant, url, early) => (await start(variant)).open(url, early),
    version: () => version,
    async stop() {
      for (const { stop } of opened.values()) await stop()
      opened.clear()
    },
  }
}

async function plain(): Promise<OpenedPlace> {
  const browser: Browser = await openBrowser()
  return {
    version: browser.version(),
    async open(url) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(url)
      return { page, recorded: requests => recordedInPage(page, requests), close: () => context.close() }
    },
    stop: () => browser.close(),
  }
}

async function devtools(): Promise<OpenedPlace> {
  const { version, open, stop } = await openDevtoolsBrowser()
  return {
    version,
    async open(url, early) {
      const page = await open(url, early)
      return { page, recorded: async () => true, close: () => page.close() }
    },
    stop,
  }
}

async function recording(extension: string): Promise<OpenedPlace> {
  const { version, open, stop } = await openRecordingBrowser(extension)
  let count = 0
  return {
    version,
    async open(url, early) {
      const { page, requestsStored } = await open(`${url}?${++count}`, early)
      return { page, recorded: requestsStored, close: () => page.close() }
    },
    stop,
  }
}

/** What the stand-in for the relay counts. */
async function recordedInPage(page: Page, requests: number): Promise<boolean> {
  const { lastRequest, lost } = await page.evaluate(() => (globalThis as unknown as { stored(): Stored }).stored())
  if (lost > 0) throw new Error(`${lost} requests were lost: the figures would flatter the recording`)
  return lastRequest >= requests
}
