// Page's own world (MAIN): how a URL is named in an operation's name.
import { headOf } from '../monitor/head-of.ts'
import { matches, NativeURL, urlHost, urlPath } from './natives.ts'

/** Characters kept of a URL that has no path, such as a data: URL. */
const MAX_LENGTH = 60
/** Characters kept of a host and path. */
const MAX_PATH_LENGTH = 500

/** `/api/users` within the page's host, `other.example/api/users` outside of it; without query and fragment. */
export function shortUrl(url: string): string {
  if (url === '') return '(unknown URL)'
  if (!matches(/^(?:https?|wss?):/, url)) return headOf(url, MAX_LENGTH)
  try {
    const parsed = new NativeURL(url)
    const host = urlHost(parsed) as string
    const path = urlPath(parsed) as string
    return headOf(host === location.host ? path : host + path, MAX_PATH_LENGTH)
  } catch {
    // A request may be made with a URL that is none; it fails, and is told of.
    return headOf(url, MAX_LENGTH)
  }
}
