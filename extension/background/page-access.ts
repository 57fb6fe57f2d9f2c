// Background: whether the scripts may run in the page of a tab.
import browser from 'webextension-polyfill'
import { accessRefused, type PageAccess } from '../../wire/page-access.ts'

/** The host permission that a page needs; undefined where no site is. */
export function originPattern(url: string | undefined): string | undefined {
  const { protocol, hostname } = URL.parse(url ?? '') ?? {}
  return hostname && (protocol === 'http:' || protocol === 'https:') ? `${protocol}//${hostname}/*` : undefined
}

/**
 * @param url the page's, as far as DevTools tells it: of a page of the browser's it does not.
 */
export async function pageAccess(tabId: number, url: string | undefined): Promise<PageAccess> {
  const origin = originPattern(url)
  if (origin) {
    // Not found out by trying: a script that waits for access is put off, not refused.
    const given = await browser.permissions.contains({ origins: [origin] })
    if (!given) return { open: false, reason: 'withheld', said: '' }
    // Of a page that is shown as its source DevTools tells the address, and the tab does not.
    const { url: shown } = await browser.tabs.get(tabId)
    return shown === undefined ? { open: false, reason: 'source', said: '' } : { open: true }
  }
  try {
    await browser.scripting.executeScript({ target: { tabId }, injectImmediately: true, func: () => undefined })
    return { open: true }
  } catch (error) {
    return accessRefused(error instanceof Error ? error.message : String(error))
  }
}

/** Whether a tab shows that its page has died: it is there, and nothing is in it. False where the browser does not tell. */
export async function hasCrashed(tabId: number): Promise<boolean> {
  const { status, discarded } = await browser.tabs.get(tabId).catch(() => ({ status: undefined, discarded: false }))
  return status === 'unloaded' && !discarded
}
