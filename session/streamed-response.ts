// Any world: which responses are streams. A stream is a connection from its headers on: it lives for as long as it is needed,
// so its duration is no latency.
import type { HttpDetail } from '../wire/operations.ts'

/** Milliseconds after its headers for which a body may be received before it counts as a stream. */
export const MAX_BODY_TIME = 10_000

/** Types of responses that are meant to be read while they arrive. */
const STREAM_TYPES: readonly string[] = ['text/event-stream', 'application/x-ndjson']

/** @param duration milliseconds to the end of the body, or to the last that has been received of it. */
export function isStreamedResponse({ headersDuration, devtools }: HttpDetail, duration: number): boolean {
  if (STREAM_TYPES.includes(devtools?.mimeType ?? '')) return true
  return headersDuration !== undefined && duration - headersDuration >= MAX_BODY_TIME
}
