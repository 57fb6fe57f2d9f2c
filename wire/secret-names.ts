// Runs in every world and touches none: the parameters that the user has called secret, beside those that are known as
// such. They are applied where a record is stored, mostly by the background: a page would wait for the settings first.
import type { Batch } from './batch.ts'
import { KINDS } from './operations.ts'
import { lettersOf, redactUrl } from './redact-url.ts'
import type { Settings } from './settings.ts'

const CUSTOM = KINDS.indexOf('custom')

/** Of parameters that are not known to be harmless: before the settings are known. */
export const EVERY_NAME: ReadonlySet<string> = Object.assign(new Set(['']), { has: () => true })

/** As `redactUrl` takes them. */
export function secretNamesOf({ redactedParameters }: Pick<Settings, 'redactedParameters'>): ReadonlySet<string> {
  return new Set(redactedParameters.map(lettersOf).filter(letters => letters !== ''))
}

/** In place: takes their values out of the URLs of requests and connections, and of the names made from them. */
export function redactBatch({ operations }: Batch, names: ReadonlySet<string>): void {
  if (names.size === 0) return
  for (const { columns } of operations) {
    const { kind, name, strings, details, requests } = columns
    const redactAll = (texts: string[]): void => {
      for (const [i, text] of texts.entries()) texts[i] = redactUrl(text, names)
    }
    if (requests) {
      redactAll(requests.urls)
      redactAll(strings)
    }
    for (let row = 0; row < kind.length; row++) {
      const index = name[row] as number
      if (kind[row] !== CUSTOM) strings[index] = redactUrl(strings[index] ?? '', names)
    }
    for (const [, { connection }] of details) if (connection) connection.url = redactUrl(connection.url, names)
  }
}
