// Node. Chromium with DevTools open on every page: what the recording browser is compared with.
import type { Page } from 'playwright'
import { openChromium } from '../../scripts/chromium-session.ts'
import { frontEndFor } from '../../scripts/devtools-front-end.ts'

export interface DevtoolsBrowser {
  version: string
  /** A page that DevTools inspects from its start. `early` runs in it before all other scripts. */
  open(url: string, early?: string): Promise<Page>
  stop(): Promise<void>
}

/** @param extensionDir of an extension that need not record; none by default. */
export async function openDevtoolsBrowser(extensionDir?: string): Promise<DevtoolsBrowser> {
  const extension = extensionDir === undefined ? {} : { extensionDir }
  const { context, close } = await openChromium({ ...extension, headless: true, devtools: true })
  return {
    version: context.browser()?.version() ?? 'of unknown version',
    async open(url, early) {
      const page = await context.newPage()
      if (early !== undefined) await page.addInitScript(early)
      await frontEndFor(context, page)
      await page.goto(url)
      return page
    },
    stop: close,
  }
}
