// Model: URLs as HAR has them: Firefox opens nothing of a file in which one cannot be parsed. A session has such URLs, of calls that
// failed because of them.
import { truncate } from '../../../wire/truncate.ts'

const INVALID = 'about:invalid#'

export function harUrl(url: string): string {
  return URL.canParse(url) ? url : INVALID + encodeURIComponent(truncate(url, url.length))
}

/** The URL as it was before `harUrl`; one that was not known stays invalid. */
export function fromHarUrl(url: string): string {
  if (!url.startsWith(INVALID) || url === INVALID) return url
  try {
    return decodeURIComponent(url.slice(INVALID.length))
  } catch {
    return url
  }
}
