// Test (Node): secrets in URLs are taken out of texts, and nothing else of them changes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactText } from '../../../wire/redact-text.ts'

test.each([
  ['Failed to fetch https://host/a?token=s3cret', 'Failed to fetch https://host/a?token=REDACTED'],
  ['GET /api/a?page=1&api_key=s3cret 404 (Not Found)', 'GET /api/a?page=1&api_key=REDACTED 404 (Not Found)'],
  ["Cannot load 'https://bob:s3cret@host/a'.", "Cannot load 'https://REDACTED@host/a'."],
  ['{"url":"https://host/?jwt=s3cret","status":500}', '{"url":"https://host/?jwt=REDACTED","status":500}'],
  ['See <https://host/reset/k3Jd92kslQ0xMz>, then retry.', 'See <https://host/reset/REDACTED>, then retry.'],
  ['Invalid token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.s3cret', 'Invalid token REDACTED'],
  ['Authorization: Bearer s3cret.12345-abc failed', 'Authorization: Bearer REDACTED failed'],
  ['at load (https://host/app.js?token=s3cret:1:2)', 'at load (https://host/app.js?token=REDACTED:1:2)'],
  ['load@https://host/app.js?token=s3cret:1:2', 'load@https://host/app.js?token=REDACTED:1:2'],
  [
    'at eval (eval at f (https://host/?sig=s3cret:1:2), <anonymous>:3:4)',
    'at eval (eval at f (https://host/?sig=REDACTED:1:2), <anonymous>:3:4)',
  ],
  ['url=https://host/?password=s3cret, retry=2', 'url=https://host/?password=REDACTED, retry=2'],
])('%s', (text, redacted) => {
  expect(redactText(text)).toBe(redacted)
  expect(redactText(redacted)).toBe(redacted)
})

test.each([
  "Cannot read properties of undefined (reading 'token')",
  'Duplicate key: code=23505, detail: (id)=(7) already exists and/or is locked',
  'https://host/api/orders/0b6e1f2a-3c4d-4e5f-8a9b-0c1d2e3f4a5b answered 404: no such order.',
  'at Object.<anonymous> (webpack-internal:///./src/reset.ts:12:5)\n    at async Promise.all (index 0)',
  'Bearer bonds are not sold here',
])('keeps %s', text => {
  expect(redactText(text)).toBe(text)
})

test('takes further parameters for secret', () => {
  expect(redactText('no https://host/?voucher=s3cret', new Set(['voucher']))).toBe('no https://host/?voucher=REDACTED')
})

test('never throws, keeps what stands between URLs, and redacting twice is redacting once', () => {
  const piece = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('?token=', 'https://', '://', '@', ' ', '(', ')', ':1:2', '"', '%', 'eyJ', '.'),
  )
  const text = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''))
  fc.assert(
    fc.property(text, fc.stringMatching(/^[a-z ]{0,10}$/), (hostile, words) => {
      const once = redactText(hostile)
      expect(redactText(once)).toBe(once)
      expect(redactText(`${words} ${hostile} ${words}`)).toBe(`${words} ${once} ${words}`)
    }),
    { numRuns: 1_000 },
  )
})
