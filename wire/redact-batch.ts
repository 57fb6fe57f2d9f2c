// Runs in every world and touches none: takes secrets out of what a page recorded, before it leaves the page's
// process. The relay does it and not the page script, which every page carries.
import type { Batch } from './batch.ts'
import { KINDS } from './operations.ts'
import { redactUrl } from './redact-url.ts'

const CUSTOM = KINDS.indexOf('custom')

/** Redacts, in place, the URLs of requests and connections and the names that were made from them. */
export function redactBatch({ operations }: Batch): void {
  for (const { columns } of operations) {
    const { kind, name, strings, details } = columns
    for (let row = 0; row < kind.length; row++) {
      const index = name[row] as number
      if (kind[row] !== CUSTOM) strings[index] = redactName(strings[index] ?? '')
    }
    for (const [, { http, connection }] of details) {
      if (http) http.url = redactUrl(http.url)
      if (connection) connection.url = redactUrl(connection.url)
    }
  }
}

/** A request's name is its method, if that is known, and the short form of its URL. */
function redactName(name: string): string {
  const url = name.indexOf(' ') + 1
  return name.slice(0, url) + redactUrl(name.slice(url))
}
