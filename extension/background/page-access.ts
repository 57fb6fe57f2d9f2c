// Background: whether the scripts may run in the page of a tab.
import type { Browser } from 'webextension-polyfill'
import type { ClosedReason, PageAccess } from '../../wire/page-access.ts'

export type PageAccessParts = Pick<Browser, 'permissions' | 'scripting' | 'tabs'>

/** @param url the page's, as far as DevTools knows it: a browser page has none. */
export async function pageAccess(
  { permissions, scripting, tabs }: PageAccessParts,
  tabId: number,
  url: string | undefined,
): Promise<PageAccess> {
  const origin = originPattern(url)
  if (origin) {
    // Trying to run a script is no test: one that waits for access to the site is put off, not refused.
    const allowed = await permissions.contains({ origins: [origin] })
    if (!allowed) return { open: false, reason: 'withheld', said: '' }
    // DevTools has the address of a page that is shown as its source, and the tab has none.
    const { url: shown } = await tabs.get(tabId)
    return shown === undefined ? { open: false, reason: 'source', said: '' } : { open: true }
  }
  try {
    await scripting.executeScript({ target: { tabId }, injectImmediately: true, func: () => undefined })
    return { open: true }
  } catch (error) {
    return accessRefused(error instanceof Error ? error.message : String(error))
  }
}

/** The host permission that a page needs; undefined for a page without a site. */
function originPattern(url: string | undefined): string | undefined {
  const { protocol, hostname } = URL.parse(url ?? '') ?? {}
  return hostname && (protocol === 'http:' || protocol === 'https:') ? `${protocol}//${hostname}/*` : undefined
}

/**
 * What Chromium says when it lets no extension in, in this order:
 * https://source.chromium.org/chromium/chromium/src/+/main:extensions/common/manifest_constants.cc
 */
const REFUSALS: [RegExp, ClosedReason][] = [
  [/different extension/, 'extension'],
  [/gallery/, 'store'],
  [/error page/, 'error'],
  [/polic(y|ies)/i, 'policy'],
  [/Cannot access an? \S+:\/\/ URL/, 'browser'],
  [/Cannot access contents of/, 'siteless'],
]

/** Reads the browser's refusal. */
export function accessRefused(said: string): PageAccess {
  const reason = REFUSALS.find(([pattern]) => pattern.test(said))?.[1] ?? 'unknown'
  return { open: false, reason, said }
}

/** Whether a tab shows that its page has died: it is there, and nothing is in it. False where the browser does not say. */
export async function hasCrashed(tabs: Pick<Browser['tabs'], 'get'>, tabId: number): Promise<boolean> {
  const { status, discarded } = await tabs.get(tabId).catch(() => ({ status: undefined, discarded: false }))
  return status === 'unloaded' && !discarded
}
