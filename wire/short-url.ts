// Any world: a URL in the name of an operation.
import { truncate } from './truncate.ts'

/** Characters kept of a URL that has no host, such as a data: URL. */
const MAX_LENGTH = 60
/** Characters kept of a host and path. */
const MAX_PATH_LENGTH = 500

const HOST_AND_PATH = /^(?:https?|wss?):\/\/(?:[^/?#@]*@)?([^/?#]+)([^?#]*)/

/** Empty for a URL without a host. */
export function hostOf(url: string): string {
  return HOST_AND_PATH.exec(url)?.[1] ?? ''
}

/**
 * `/api/users` within the page's host, `other.example/api/users` outside of it; without query and fragment.
 * @param url absolute, or what a page gave for one.
 */
export function shortUrl(url: string, pageHost: string): string {
  if (url === '') return '(unknown URL)'
  const [, host, path] = HOST_AND_PATH.exec(url) ?? []
  if (host === undefined) return truncate(url, MAX_LENGTH)
  return truncate((host === pageHost ? '' : host) + (path || '/'), MAX_PATH_LENGTH)
}
