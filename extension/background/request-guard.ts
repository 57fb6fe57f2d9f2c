// Any world: are these columns of requests, as a page script makes them? They come out of a page.
import { MAX_ROWS } from '../../wire/operation-guard.ts'
import { type RawRequestColumns, TIMING_WIDTH } from '../../wire/request-columns.ts'
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
export function isRawRequestColumns(value: unknown, rows: number, strings: number): value is RawRequestColumns {
  if (typeof value !== 'object' || value === null) return false
  const { methods, urls, state, callDuration, entryIndex, timings, protocols, abandoned } =
    value as Partial<RawRequestColumns>
  if (!(state instanceof Uint8Array && entryIndex instanceof Uint32Array && timings instanceof Float64Array))
    return false
  if (!(callDuration instanceof Float32Array)) return false
  if (abandoned !== undefined && !(abandoned instanceof Uint32Array && abandoned.length <= MAX_ROWS)) return false
  if (!fillTheirBuffers([state, callDuration, entryIndex, timings]) || (abandoned && !fillTheirBuffers([abandoned])))
    return false
  if (state.length !== rows || callDuration.length !== rows || entryIndex.length !== (timings.length > 0 ? rows : 0))
    return false
  if (timings.length > rows * TIMING_WIDTH || timings.length % TIMING_WIDTH !== 0) return false
  if (!callDuration.every(took => took >= 0 && took < Number.POSITIVE_INFINITY)) return false
  const entries = timings.length / TIMING_WIDTH
  if (entryIndex.some(entry => entry > entries)) return false
  if (timings.some(timing => timing < 0 || timing > Number.MAX_SAFE_INTEGER)) return false
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
