// Page's own world (MAIN): the absolute URL that the page means by a text.
import {
  apply,
  baseUriOf,
  characterSetOf,
  createElementNS,
  linkHref,
  match,
  NativeURL,
  setLinkHref,
  urlHref,
} from '../primordials/natives.ts'

/** Undefined for a text that is no URL. */
export function resolve(url: string, base: string | undefined): string | undefined {
  try {
    return urlHref(new NativeURL(url, base)) as string
  } catch {
    return undefined
  }
}

/**
 * Resolves a relative URL now, as the page may go on to another one before its calls are looked at (`history.pushState`).
 * A path from the root and an absolute URL will mean the same then: they stay as they are, to be resolved later.
 */
export function resolveAgainstBase(url: string): string {
  const { length } = url
  const lasting = (length > 0 && url[0] === '/') || (length > 5 && (url[4] === ':' || url[5] === ':'))
  return lasting ? url : (resolve(url, baseUriOf(document) as string) ?? url)
}

/**
 * The same for XHR and beacons, which write the query in the document's encoding. Only an element does that for a script:
 * https://html.spec.whatwg.org/#encoding-parsing-a-url.
 */
export function resolveInEncoding(url: string): string {
  if (match(/[^\0-\x7f]/, url) === null || characterSetOf(document) === 'UTF-8') return resolveAgainstBase(url)
  const link = createElementNS('http://www.w3.org/1999/xhtml', 'a')
  apply(setLinkHref, link, [url])
  return linkHref(link) as string
}
