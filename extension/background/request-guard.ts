// Runs in every world and touches none: are these columns of requests, as a page script makes them? They come out of a
// page.
import { MAX_ROWS } from '../../wire/operation-guard.ts'
import type { RequestColumns } from '../../wire/request-columns.ts'
import { TIMING_WIDTH } from '../../wire/request-timing.ts'
import { fillTheirBuffers } from '../../wire/whole-buffers.ts'

/** Characters of a URL: as many as the page script keeps, and what redaction adds. */
const MAX_URL_LENGTH = 100_000
/** Characters of a method or a protocol's name. */
const MAX_WORD_LENGTH = 10_000
/** Protocols in a batch: more than there are. */
const MAX_PROTOCOLS = 1_000

/**
 * True if every column is what its type says, each row's timing is there, and each time or size is positive or not known.
 * @param rows of the batch they belong to, which has `strings` names.
 */
export function isRequestColumns(value: unknown, rows: number, strings: number): value is RequestColumns {
  if (typeof value !== 'object' || value === null) return false
  const { methods, urls, state, figuresOf, figures, protocols, givenUp } = value as Partial<RequestColumns>
  if (!(state instanceof Uint8Array && figuresOf instanceof Uint32Array && figures instanceof Float64Array))
    return false
  if (givenUp !== undefined && !(givenUp instanceof Uint32Array && givenUp.length <= MAX_ROWS)) return false
  if (!fillTheirBuffers([state, figuresOf, figures]) || (givenUp && !fillTheirBuffers([givenUp]))) return false
  if (state.length !== rows || figuresOf.length !== (figures.length > 0 ? rows : 0)) return false
  if (figures.length > rows * TIMING_WIDTH || figures.length % TIMING_WIDTH !== 0) return false
  const requests = figures.length / TIMING_WIDTH
  if (figuresOf.some(place => place > requests)) return false
  if (figures.some(figure => figure < 0 || figure > Number.MAX_SAFE_INTEGER)) return false
  if (!(areTexts(methods, MAX_WORD_LENGTH) && areTexts(urls, MAX_URL_LENGTH))) return false
  if (methods.length !== strings || urls.length !== strings) return false
  return areTexts(protocols, MAX_WORD_LENGTH) && protocols.length <= MAX_PROTOCOLS
}

/** Looks at holes as well. */
function areTexts(value: unknown, maxLength: number): value is string[] {
  if (!Array.isArray(value)) return false
  for (const text of value as unknown[]) if (typeof text !== 'string' || text.length > maxLength) return false
  return true
}
