// Page's own world (MAIN): the URL that the page means.
import { baseUriOf, NativeURL, urlHref } from '../primordials/natives.ts'

/** Undefined where it is none. */
export function absolute(url: string, base: string | undefined): string | undefined {
  try {
    return urlHref(new NativeURL(url, base)) as string
  } catch {
    return undefined
  }
}

/**
 * A relative one at once, as the page may go on to another URL before its calls are looked at (`history.pushState`).
 * A path from the root and an absolute URL mean the same then: they are left for later, and off the page's path.
 */
export function meantNow(url: string): string {
  const { length } = url
  const lasting = (length > 0 && url[0] === '/') || (length > 5 && (url[4] === ':' || url[5] === ':'))
  return lasting ? url : (absolute(url, baseUriOf(document) as string) ?? url)
}
