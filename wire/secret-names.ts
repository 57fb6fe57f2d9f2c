// Any world: the URL parameters that the user has called secret, beside those that are known as such. They are applied
// where a record is stored, mostly by the background: a page would have to wait for the settings first.
import type { Batch, RawBatch } from './batch.ts'
import { CUSTOM, type OperationColumns } from './operations.ts'
import { redactError, redactText } from './redact-text.ts'
import { redactUrl } from './redact-url.ts'
import { lettersOf, type SecretNames } from './secrets.ts'
import type { Settings } from './settings.ts'

/** Stands for all parameters, until the settings are known. */
export const EVERY_NAME: SecretNames = { size: 1, has: () => true }

/** As `redactUrl` takes them. */
export function secretNamesOf({ redactedParameters }: Pick<Settings, 'redactedParameters'>): ReadonlySet<string> {
  return new Set(redactedParameters.map(lettersOf).filter(letters => letters !== ''))
}

/**
 * Takes the values of these parameters out of a batch, in place: out of the URLs of requests and connections, the names made
 * from them, call stacks and errors. The relay has redacted what is known as secret. Names that a page gave, and metadata,
 * stay as they are.
 */
export function redactBatch({ operations }: Batch | RawBatch, names: SecretNames): void {
  if (names.size === 0) return
  for (const { columns } of operations) {
    const { strings, details, requests } = columns
    if (requests) redactAll(requests.urls, names)
    redactAll(strings, names, requests ? undefined : namesOfConnections(columns))
    for (const [, detail] of details) {
      const { connection, error, stack } = detail
      if (connection) connection.url = redactUrl(connection.url, names)
      if (error) redactError(error, names)
      if (stack !== undefined) detail.stack = redactText(stack, names)
    }
  }
}

/** @param only of these indices; of all where it is not given. */
function redactAll(texts: string[], names: SecretNames, only?: ReadonlySet<number>): void {
  for (const index of only ?? texts.keys()) texts[index] = redactUrl(texts[index] ?? '', names)
}

/** Names that a page gave are its own. */
function namesOfConnections({ kind, name }: Pick<OperationColumns, 'kind' | 'name'>): Set<number> {
  const found = new Set<number>()
  for (let row = 0; row < kind.length; row++) if (kind[row] !== CUSTOM) found.add(name[row] as number)
  return found
}
