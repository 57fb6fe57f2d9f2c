import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../../injected/page-globals.ts'
import { graphqlName } from '../../../../injected/requests/graphql-name.ts'
import { graphqlOperation } from '../../../../model/analysis/grouping.ts'
import { routeOf } from '../../../../model/analysis/route.ts'
import { numberRange } from '../../../../model/filter/number-range.ts'
import { parseFilter } from '../../../../model/filter/parse.ts'
import { quantity } from '../../../../model/filter/quantity.ts'
import { hostOf, hostTest, textTest } from '../../../../model/filter/text-test.ts'
import { requestKey } from '../../../../model/session/join-sides.ts'
import { stackFrames } from '../../../../model/text/stack-frames.ts'
import { redactUrl } from '../../../../wire/redact-url.ts'
import { lettersOf } from '../../../../wire/secrets.ts'
import { shortUrl } from '../../../../wire/short-url.ts'
import { leastOf, workOf } from '../../../support/work-of.ts'

/** Characters of a text, as a page may make it, or a user paste it. */
const LENGTH = 100_000
const MAX_MILLISECONDS = 50

const context = { characters: 0, maxWork: 1, onTooComplex: () => undefined }
const wildcard = hostTest({ match: 'part', text: '*a*a*a*a*a*b' }, context)
const part = textTest({ match: 'part', text: 'aaaaaaaab' }, context)

/** What reads texts of a page or of the user. */
const READERS: Record<string, (text: string) => unknown> = {
  routeOf,
  graphqlOperation,
  graphqlName: text => graphqlName(text.slice(0, 16_000)),
  hostOf,
  wildcard,
  part,
  stackFrames: text => stackFrames(text),
  requestKey: text => requestKey('GET', text),
  redactUrl: text => redactUrl(text),
  lettersOf,
  shortUrl: text => shortUrl(text, 'shop.example'),
  quantity: text => quantity(text, 'ms'),
  numberRange: text => numberRange(':', text, 'bytes'),
  parseFilter: text => parseFilter(text),
}

/** What patterns look for: repeated, each matches almost, in many ways. */
const piece = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'Aa',
    '1',
    '.',
    '..',
    '-',
    '_',
    '~',
    '@',
    '%40',
    ':',
    '/',
    '//',
    '#',
    '?',
    '&',
    '=',
    ' ',
    '\n',
    '"',
  ),
  fc.constantFrom(
    'a.',
    'a1',
    ':1',
    ':1:1',
    'http:',
    'https://a',
    '?token=',
    '&query=',
    '%3D',
    'eyJ',
    '\\',
    '\\"',
    '*',
    '(',
    '[',
  ),
  fc.constantFrom(
    '"query":"',
    '"operationName":',
    'query ',
    'kind:',
    'duration>',
    '-"',
    'x=1 ',
    '/a/i ',
    'é',
    '\ud83d',
  ),
  fc.string({ minLength: 1, maxLength: 3 }),
)
const text = fc
  .tuple(
    fc.constantFrom('', 'https://', 'GET /', 'a@', '2024-01-01T', 'eyJ', '#', '/'),
    fc.array(piece, { minLength: 1, maxLength: 3 }),
    piece,
  )
  .map(([start, repeated, end]) => {
    const all = repeated.join('')
    return start + all.repeat(Math.ceil(LENGTH / all.length)).slice(0, LENGTH) + end
  })

test.each(Object.entries(READERS))('%s takes no longer than its text is long', (_name, read) => {
  fc.assert(
    fc.property(text, long => {
      expect(leastOf(() => workOf(() => read(long)), MAX_MILLISECONDS)).toBeLessThan(MAX_MILLISECONDS)
    }),
    // Each of many parameters is malformed: decoding throws every time.
    { numRuns: 60, examples: [['&query=%'.repeat(LENGTH / 8)]] },
  )
})

/** The same letter by letter. */
function naiveWildcard(host: string, pattern: string): boolean {
  const at = (i: number, j: number): boolean => {
    if (j === pattern.length) return i === host.length
    if (pattern[j] === '*') return at(i, j + 1) || (i < host.length && at(i + 1, j))
    return host[i] === pattern[j] && at(i + 1, j + 1)
  }
  return at(0, 0)
}

test('a wildcard stands for anything', () => {
  const letters = (all: string) => fc.array(fc.constantFrom(...all), { maxLength: 8 }).map(found => found.join(''))
  fc.assert(
    fc.property(letters('ab.'), letters('ab.*'), (host, pattern) => {
      expect(hostTest({ match: 'part', text: pattern }, context)(host)).toBe(naiveWildcard(host, pattern))
    }),
    { numRuns: 5_000 },
  )
})
