// Runs in every world and touches none: the parameters that the user has called secret, beside those that are known as
// such. They are applied where a record is stored, mostly by the background: a page would wait for the settings first.
import type { Batch, RawBatch } from './batch.ts'
import { redactFrames } from './call-stack.ts'
import { CUSTOM, type OperationColumns } from './operations.ts'
import { lettersOf, redactUrl } from './redact-url.ts'
import type { Settings } from './settings.ts'

/** Of parameters that are not known to be harmless: before the settings are known. */
export const EVERY_NAME: ReadonlySet<string> = Object.assign(new Set(['']), { has: () => true })

/** As `redactUrl` takes them. */
export function secretNamesOf({ redactedParameters }: Pick<Settings, 'redactedParameters'>): ReadonlySet<string> {
  return new Set(redactedParameters.map(lettersOf).filter(letters => letters !== ''))
}

/** In place: takes their values out of the URLs of requests, connections and call stacks, and of names made from them. */
export function redactBatch({ operations }: Batch | RawBatch, names: ReadonlySet<string>): void {
  if (names.size === 0) return
  for (const { columns } of operations) {
    const { strings, details, requests } = columns
    if (requests) redactAll(requests.urls, names)
    redactAll(strings, names, requests ? undefined : namesOfConnections(columns))
    for (const [, detail] of details) {
      const { connection, stack } = detail
      if (connection) connection.url = redactUrl(connection.url, names)
      if (stack !== undefined) detail.stack = redactFrames(stack, names)
    }
  }
}

/** @param only of these indices; of all where it is not given. */
function redactAll(texts: string[], names: ReadonlySet<string>, only?: ReadonlySet<number>): void {
  for (const index of only ?? texts.keys()) texts[index] = redactUrl(texts[index] ?? '', names)
}

/** Names that a page gave are its own. */
function namesOfConnections({ kind, name }: Pick<OperationColumns, 'kind' | 'name'>): Set<number> {
  const found = new Set<number>()
  for (let row = 0; row < kind.length; row++) if (kind[row] !== CUSTOM) found.add(name[row] as number)
  return found
}
