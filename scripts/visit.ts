// World: Node. Going to a page.

import type { Page } from 'playwright'

/** Waits only for the page's start: one that loads for ever can be inspected too. Rejects with one sentence. */
export async function visit(page: Page, url: string): Promise<void> {
  try {
    await page.goto(url, { waitUntil: 'commit' })
  } catch (error) {
    const [firstLine = ''] = String(error).split('\n')
    const [reason = firstLine] = /net::\w+|Timeout \d+ms exceeded/.exec(firstLine) ?? []
    throw new Error(`${url} could not be opened: ${reason}.`, { cause: error })
  }
}
