// Runs in every world and touches none: what the relay does to a batch before it leaves the page's process. It is
// done there and not in the page script, which every page carries.
import type { Batch } from './batch.ts'
import { type HttpDetail, KINDS } from './operations.ts'
import { sentenceOf } from './page-words.ts'
import { redactUrl } from './redact-url.ts'
import { addTiming } from './request-timing.ts'
import { shortUrl } from './short-url.ts'

const CUSTOM = KINDS.indexOf('custom')

/**
 * In place: takes the secrets out of the URLs of requests and connections makes names of them, and turns Resource
 * Timing entries into phases and sizes.
 *
 * @param pageHost of the page's own address: its requests are named without it.
 */
export function completeBatch({ operations }: Batch, pageHost: string): void {
  const known = new Map<string, string>()
  /** A batch has the same few URLs again and again. */
  const redacted = (url: string): string => {
    const shown = known.get(url) ?? redactUrl(url)
    known.set(url, shown)
    return shown
  }
  for (const { columns } of operations) {
    const { kind, name, strings, details } = columns
    const done = new Uint8Array(strings.length)
    for (let row = 0; row < kind.length; row++) {
      const index = name[row] as number
      if (kind[row] === CUSTOM || done[index] === 1) continue
      done[index] = 1
      strings[index] = nameOf(strings[index] ?? '', pageHost)
    }
    for (const [, { http, connection, error }] of details) {
      if (http) {
        http.url = redacted(http.url)
        if (http.endUnknown !== undefined) http.endUnknown = sentenceOf(http.endUnknown)
        if (error) error.message = sentenceOf(error.message)
        useTiming(http)
      }
      if (connection) connection.url = redacted(connection.url)
    }
  }
}

/** The page script names a request by its method, if that is known, and its whole URL. */
function nameOf(request: string, pageHost: string): string {
  const url = request.indexOf(' ') + 1
  return request.slice(0, url) + shortUrl(redactUrl(request.slice(url)), pageHost)
}

function useTiming(http: HttpDetail): void {
  const { timing } = http
  if (!timing) return
  delete http.timing
  addTiming(http, timing)
}
