// Model: hands a message to a collector, once, by the rules of OTLP over HTTP:
// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
import { truncate } from '../../../wire/truncate.ts'

/** Milliseconds that the collector may take for an answer. */
const REQUEST_TIMEOUT = 10_000
/** Milliseconds to the second attempt; each further one waits twice as long, up to the longest. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
/** Characters of what a collector says of an error. */
const MAX_REASON = 200
/** Statuses after which another attempt may succeed. */
const RETRYABLE = [429, 502, 503, 504]

export type Signal = 'traces' | 'metrics'

/** The collector has taken the message, but for this number of items. */
export interface Taken {
  rejected: number
  /** Why it has rejected them; or a warning. */
  reason: string
}

/** The collector has not taken the message, or has not answered. */
export interface NotTaken {
  /** A clause, such as "it answered 503 Service Unavailable". */
  reason: string
  /** Of the response, if there was one that another attempt cannot change. */
  refused?: number
  /** Milliseconds after which the collector asks for another attempt. */
  retryAfter?: number | undefined
}

export function addressOf(endpoint: string, signal: Signal): string {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(endpoint) ?? []
  const base = path.replace(/\/+$/, '').replace(/\/v1\/(?:traces|metrics)$/, '')
  return `${base}/v1/${signal}${query}`
}

/** Sends a message in protobuf. Resolves in any case. */
export async function attemptOtlp(
  url: string,
  message: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Taken | NotTaken> {
  let response: Response
  let answer: Uint8Array
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
      body: await gzipped(message),
      credentials: 'omit',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    })
    answer = new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    return { reason: reasonOf(error as Error) }
  }
  if (response.ok) return partialSuccess(answer)
  const said = new TextDecoder()
    .decode(answer)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, MAX_REASON)
  const { status, statusText } = response
  const reason = `it answered ${`${status} ${statusText}`.trim()}${said ? ` (${said})` : ''}`
  if (!RETRYABLE.includes(status)) return { reason, refused: status }
  return { reason, retryAfter: retryAfterOf(response.headers.get('retry-after')) }
}

/**
 * Milliseconds to the next attempt, after so many that failed. They are random, so that clients that failed together do not
 * all try again together.
 */
export function waitAfter(failures: number, retryAfter: number | undefined): number {
  return retryAfter ?? Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT) * (0.5 + Math.random() / 2)
}

async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(bytes)
  return new Uint8Array(await new Response(body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer())
}

/** Node says why it could not connect. A browser does not, and neither says much of a time-out. */
function reasonOf({ name, cause }: Error & { cause?: unknown }): string {
  if (name === 'TimeoutError') return `it did not answer within ${REQUEST_TIMEOUT / 1_000} seconds`
  return (cause as Error | undefined)?.message || 'it cannot be reached'
}

/** Milliseconds. It is seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfterOf(value: string | null): number | undefined {
  if (value === null) return undefined
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now()
  return wait >= 0 ? wait : undefined
}

/**
 * Of an `Export…ServiceResponse`: field 1 is the partial success, which has the number of rejected items as field 1 and the
 * reason as field 2. An empty message says that all is taken.
 */
export function partialSuccess(response: Uint8Array): Taken {
  const inner = fieldsOf(response).get(1)
  const fields = inner instanceof Uint8Array ? fieldsOf(inner) : new Map<number, number | Uint8Array>()
  const [rejected, reason] = [fields.get(1), fields.get(2)]
  return {
    rejected: typeof rejected === 'number' ? rejected : 0,
    reason: reason instanceof Uint8Array ? truncate(new TextDecoder().decode(reason), MAX_REASON) : '',
  }
}

/** Numbers and bytes, by the field's number: https://protobuf.dev/programming-guides/encoding */
function fieldsOf(bytes: Uint8Array): Map<number, number | Uint8Array> {
  const fields = new Map<number, number | Uint8Array>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] as number
      value += (byte & 127) * scale
      if (byte < 128) break
    }
    return value
  }
  while (at < bytes.length) {
    const tag = varint()
    if ((tag & 7) === 0) fields.set(tag >>> 3, varint())
    else if ((tag & 7) === 2) {
      const length = varint()
      fields.set(tag >>> 3, bytes.subarray(at, at + length))
      at += length
      // No other type is in these messages: what follows is none of them.
    } else return fields
  }
  return fields
}
