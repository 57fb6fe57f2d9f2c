// Any world: redacts and completes a batch in the relay, before it leaves the page's process. The page script does not do it, because
// its size costs every page time.
import type { RawBatch } from '../../wire/batch.ts'
import { pageFrames } from '../../wire/call-stack.ts'
import { CUSTOM, type RawOperationColumns } from '../../wire/operations.ts'
import { redactError, redactText } from '../../wire/redact-text.ts'
import { redactUrl } from '../../wire/redact-url.ts'
import type { RawRequestColumns } from '../../wire/request-columns.ts'
import { shortUrl } from '../../wire/short-url.ts'

/** URLs whose redacted form and name are kept, some 500 kB. At the bound all of them are dropped. */
export const MAX_KNOWN_URLS = 1_000
/** Characters of a URL that is remembered. */
const MAX_KNOWN_LENGTH = 500

/** A URL as it is recorded, and as it names an operation. */
interface ShownUrl {
  url: string
  name: string
}

/**
 * The returned function completes a batch in place: it redacts the URLs of requests, connections, errors and call stacks,
 * writes methods as they are sent, names requests and connections, and removes our own frames from call stacks.
 *
 * @param pageHost the host of the page: requests to it are named without it.
 */
export function createBatchCompleter(pageHost: string): (batch: RawBatch) => void {
  const known = new Map<string, ShownUrl>()

  const show = (raw: string): ShownUrl => {
    const found = known.get(raw)
    if (found) return found
    const url = redactUrl(raw)
    const shown = { url, name: shortUrl(url, pageHost) }
    if (known.size >= MAX_KNOWN_URLS) known.clear()
    if (raw.length <= MAX_KNOWN_LENGTH) known.set(raw, shown)
    return shown
  }

  const nameRequests = ({ strings }: RawOperationColumns, { methods, urls }: RawRequestColumns): void => {
    for (let i = 0; i < urls.length; i++) {
      const { url, name } = show(urls[i] as string)
      const method = normalizeMethod(methods[i] as string)
      urls[i] = url
      methods[i] = method
      strings[i] = method ? `${method} ${name}` : name
    }
  }

  return ({ operations }) => {
    for (const { columns } of operations) {
      const { requests, details } = columns
      if (requests) nameRequests(columns, requests)
      else nameConnections(columns, pageHost)
      for (const [, detail] of details) {
        const { connection, error, stack } = detail
        if (connection) {
          connection.url = redactUrl(connection.url)
          if (connection.closeReason !== undefined) connection.closeReason = redactText(connection.closeReason)
        }
        if (error) redactError(error)
        if (stack !== undefined) detail.stack = pageFrames(stack)
      }
    }
  }
}

/** These six methods are upper-cased, others are sent as they are: https://fetch.spec.whatwg.org/#concept-method-normalize */
function normalizeMethod(method: string): string {
  const upper = method.toUpperCase()
  return /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/.test(upper) ? upper : method
}

/** The page script has named a connection by its kind and its whole URL. */
function nameConnections({ kind, name, strings }: RawOperationColumns, pageHost: string): void {
  const done = new Set<number>()
  for (let row = 0; row < kind.length; row++) {
    const index = name[row] as number
    if (kind[row] === CUSTOM || done.has(index)) continue
    done.add(index)
    const named = strings[index] ?? ''
    const url = named.indexOf(' ') + 1
    strings[index] = named.slice(0, url) + shortUrl(redactUrl(named.slice(url)), pageHost)
  }
}
