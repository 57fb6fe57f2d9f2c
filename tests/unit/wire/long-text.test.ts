// Test (Node): the time that a text of a page's takes grows no faster than the text. One worker serves all tabs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBatchCompleter } from '../../../extension/relay/complete-batch.ts'
import { pageFrames } from '../../../wire/call-stack.ts'
import { createOperationColumns, KINDS } from '../../../wire/operations.ts'
import { redactText } from '../../../wire/redact-text.ts'
import { redactUrl } from '../../../wire/redact-url.ts'
import { createRawRequestColumns } from '../../../wire/request-columns.ts'
import { leastOf, workOf } from '../../support/work-of.ts'

const LENGTH = 100_000
const MAX_MILLISECONDS = 50
const names = new Set(['voucher'])

function nameRequest(url: string): void {
  const columns = createOperationColumns(1, { ...createRawRequestColumns(1), methods: [url], urls: [url] })
  columns.kind.fill(KINDS.indexOf('fetch'))
  columns.strings.push('')
  createBatchCompleter('host')({
    operations: [{ source: 0, columns }],
    memory: [],
    snapshots: [],
    losses: [],
  })
}

const READERS: Record<string, (text: string) => unknown> = {
  redactUrl: text => redactUrl(text, names),
  redactText: text => redactText(text, names),
  pageFrames: text => pageFrames(text),
  createBatchCompleter: nameRequest,
}

const PIECES = [
  'a',
  'A',
  '1',
  ' ',
  '\n',
  '\t',
  ...':/@?&;=.,%#+-_"\'\\()[]{}<>',
  '%25',
  '%3D',
  '%22',
  '://',
  ':1:1',
  ' at ',
  'https://',
  '?token=',
  '?a=',
  '&state=',
  '/reset/',
  'eyJ',
  'eyJabcdef.',
  'Bearer ',
  'ghp_',
  'hooks.slack.com/services/',
  '123456:AA',
  '{"a":',
  '["token":',
]

test.each(Object.entries(READERS))(`%s takes less than ${MAX_MILLISECONDS} ms for any text of ${LENGTH}`, (_, read) => {
  read('warm up https://host/?token=1')
  const part = fc.tuple(
    fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 4 }),
  )
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), parts => {
      const text = longText(parts)
      expect(leastOf(() => workOf(() => read(text)), MAX_MILLISECONDS)).toBeLessThan(MAX_MILLISECONDS)
    }),
    { numRuns: 200, examples: PIECES.map(piece => [[[[piece], 1]]] as [Parts]) },
  )
})

type Parts = [pieces: string[], share: number][]

/** Each part is its pieces, again and again, for its share of the text. */
function longText(parts: Parts): string {
  const shares = parts.reduce((sum, [, share]) => sum + share, 0)
  return parts
    .map(([pieces, share]) => pieces.join('').repeat((LENGTH * share) / shares / pieces.join('').length))
    .join('')
}
