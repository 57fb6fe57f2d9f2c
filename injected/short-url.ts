// Page's own world (MAIN): how a URL is named in an operation's name.
import { NativeURL } from './natives.ts'

/** Characters kept of a URL that has no path, such as a data: URL. */
const MAX_LENGTH = 60

/** `/api/users` within the page's host, `other.example/api/users` outside of it; without query and fragment. */
export function shortUrl(url: string): string {
  if (url === '') return '(unknown URL)'
  if (!/^(?:https?|wss?):/.test(url)) return url.slice(0, MAX_LENGTH)
  const { host, pathname } = new NativeURL(url)
  return host === location.host ? pathname : host + pathname
}
