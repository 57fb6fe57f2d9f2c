// Runs in every world and touches none: what the relay does to a batch before it leaves the page's process. It is
// done there and not in the page script, which every page carries.
import type { Batch } from './batch.ts'
import { type HttpDetail, KINDS } from './operations.ts'
import { redactUrl } from './redact-url.ts'
import { addTiming } from './request-timing.ts'

const CUSTOM = KINDS.indexOf('custom')

/**
 * In place: takes the secrets out of the URLs of requests and connections and of the names made from them, and turns
 * Resource Timing entries into phases and sizes.
 */
export function completeBatch({ operations }: Batch): void {
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
      strings[index] = redactName(strings[index] ?? '')
    }
    for (const [, { http, connection }] of details) {
      if (http) {
        http.url = redacted(http.url)
        useTiming(http)
      }
      if (connection) connection.url = redacted(connection.url)
    }
  }
}

/** A request's name is its method, if that is known, and the short form of its URL. */
function redactName(name: string): string {
  const url = name.indexOf(' ') + 1
  return name.slice(0, url) + redactUrl(name.slice(url))
}

function useTiming(http: HttpDetail): void {
  const { timing } = http
  if (!timing) return
  delete http.timing
  addTiming(http, timing)
}
