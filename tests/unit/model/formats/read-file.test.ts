import { expect, test } from 'vitest'
import { imported, problemOf } from './session/imported.ts'

const MEGABYTE = 1_000_000

/** A file of 100 MB and what is around it, without ever being one text. */
function large(start: string, piece: string, end = ''): Blob {
  const repeated = piece.repeat(Math.ceil(MEGABYTE / piece.length))
  return new Blob([start, ...Array.from({ length: 100 }, () => repeated), end])
}

const entry = (more: string) =>
  `{"startedDateTime":"2026-11-23T12:00:00.000Z","time":30,"request":{"method":"GET","url":"https://shop.example/api"},` +
  `"response":{"status":200,"content":{"mimeType":"application/json"${more}}},"timings":{}}`
const HAR = '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":['

test.each<[string, Blob, RegExp]>([
  ['a session with a text that never ends', large('{"format":"', 'x'), /larger than|too large|bytes/],
  ['a session with a row that never ends', large('{"format":"perf-session","operations":[{"a":"', 'x'), /bytes/],
  ['nothing but brackets', large('{"format":', '['), /nested deeper/],
  ['blanks alone', large('', ' '), /cut off/],
  ['bytes of zero', large('', '\0'), /where \{ should be/],
  ['no JSON after an opening', large('{', 'photo '), /isn't a valid Perf session/],
  ['a HAR entry that never ends', large(`${HAR}{"a":"`, 'xy'), /bytes|cut off/],
  ['HAR entries that are numbers', large(`${HAR}0`, ',1'), /log\.entries\[0\] must be an object/],
  ['a trace of nested lists', large('{"traceEvents":[', '['), /nested deeper/],
])('100 MB: %s', async (_, file, problem) => {
  const found = await problemOf(file)
  expect(found).toMatch(/^ImportError: /)
  expect(found).toMatch(problem)
  // One sentence for a message, whatever the file has in it.
  expect(found.length).toBeLessThan(300)
})

test('a HAR file with large bodies opens, and keeps none of them', async () => {
  const body = entry(`,"text":"${'secret '.repeat(70_000)}"`)
  const session = await imported(new Blob([HAR, Array.from({ length: 40 }, () => body).join(','), ']}}']))
  expect(session.operations.length).toBe(40)
  const { details } = session.operations
  expect(JSON.stringify(details.get(39 as Parameters<typeof details.get>[0]))).not.toContain('secret')
})
