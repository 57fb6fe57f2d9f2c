// Node. The browser in which a group of variants is measured.
import type { Page } from 'playwright'
import { waitUntil } from '../../scripts/wait-until.ts'
import { openBrowser } from '../harness/browser.ts'
import { openRecordingBrowser } from '../harness/recording-browser.ts'
import type { Stored } from '../harness/stored-operations.ts'
import type { Group } from './plan.ts'

export interface Stage {
  browserVersion: string
  /** A fresh page that shows the variant, in a process of its own. */
  open(url: string): Promise<StagedPage>
  stop(): Promise<void>
}

export interface StagedPage {
  page: Page
  /** Waits until this many operations have arrived where they are recorded. */
  stored(operations: number): Promise<void>
  close(): Promise<void>
}

/** @param extension the built one. */
export function openStage({ id }: Group, extension: string): Promise<Stage> {
  return id === 'extension' ? openExtensionStage(extension) : openOrdinaryStage()
}

async function openOrdinaryStage(): Promise<Stage> {
  const browser = await openBrowser()
  return {
    browserVersion: browser.version(),
    async open(url) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(url)
      return { page, stored: operations => storedInPage(page, operations), close: () => context.close() }
    },
    stop: () => browser.close(),
  }
}

async function openExtensionStage(extension: string): Promise<Stage> {
  const browser = await openRecordingBrowser(extension)
  let opened = 0
  return {
    browserVersion: browser.version,
    async open(url) {
      const { page, stored } = await browser.open(`${url}?${++opened}`)
      return { page, stored, close: () => page.close() }
    },
    stop: browser.stop,
  }
}

/** What a variant with `records` counts for itself where there is no extension. */
async function storedInPage(page: Page, operations: number): Promise<void> {
  await waitUntil(`${operations} operations to arrive`, async () => {
    const { ended, lost } = await page.evaluate(() => (globalThis as unknown as { stored: Stored }).stored)
    if (lost > 0) throw new Error(`${lost} operations were lost: the figures would flatter the recording`)
    return ended >= operations
  })
}
