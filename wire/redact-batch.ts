// Runs in every world and touches none: takes secrets out of what a page recorded, before it leaves the page's
// process. The relay does it and not the page script, which every page carries.
import type { Batch } from './batch.ts'
import { KINDS } from './operations.ts'
import { redactUrl } from './redact-url.ts'

const CUSTOM = KINDS.indexOf('custom')

/** Redacts, in place, the URLs of requests and connections and the names that were made from them. */
export function redactBatch({ operations }: Batch): void {
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
      if (http) http.url = redacted(http.url)
      if (connection) connection.url = redacted(connection.url)
    }
  }
}

/** A request's name is its method, if that is known, and the short form of its URL. */
function redactName(name: string): string {
  const url = name.indexOf(' ') + 1
  return name.slice(0, url) + redactUrl(name.slice(url))
}
