import { expect, test } from 'vitest'
import { endReasonText, errorMessage } from '../../../../model/text/reason-text.ts'
import schema from '../../../../session/session.schema.json' with { type: 'json' }
import { END_REASONS, ERROR_CODES } from '../../../../wire/reason-codes.ts'

/** `code: what it means.`, as the schema's description has it. A product's name keeps its capital. */
const described = (code: string, text: string): string =>
  `${code}: ${text.startsWith('DevTools') ? text : text[0]?.toLowerCase() + text.slice(1)}.`

test('says in the words of the schema why an operation has no end', () => {
  const { enum: codes, description } = schema.$defs.operation.properties.endUnknown
  expect(codes).toEqual(END_REASONS.slice(1))
  for (const code of END_REASONS) if (code) expect(description).toContain(described(code, endReasonText(code)))
})

test('says in the words of the schema what a request failed with', () => {
  const { enum: codes, description } = schema.$defs.error.properties.code
  expect(codes).toEqual(ERROR_CODES)
  for (const code of ERROR_CODES) expect(description).toContain(described(code, errorMessage({ name: '', code })))
})

test("leaves the browser's and the page's own messages as they are", () => {
  expect(errorMessage({ name: 'TypeError', message: 'net::ERR_FAILED' })).toBe('net::ERR_FAILED')
  expect(errorMessage({ name: 'Error', message: '' })).toBe('')
  expect(errorMessage({ name: 'Error' })).toBe('')
})
