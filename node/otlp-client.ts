// Node: sends OTLP messages to a collector, by the rules of the protocol:
// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
import { gzipSync } from 'node:zlib'
import { reasonOf } from './session-file.ts'

/** Milliseconds that the collector may take for an answer. */
const REQUEST_TIMEOUT = 10_000
/** Milliseconds to the second attempt; each further one waits twice as long, up to the longest. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
/** Characters of what a collector says of an error. */
const MAX_REASON = 200
/** Statuses after which another attempt may succeed. */
const RETRYABLE = [429, 502, 503, 504]

/** The collector refused what it was sent, or could not be reached for too long. The message is one sentence that says why. */
export class SendError extends Error {
  constructor(
    message: string,
    /** Of the response, if there was one that another attempt cannot change. */
    readonly status?: number,
  ) {
    super(message)
  }
}

export interface OtlpClientOptions {
  /** Such as `http://localhost:4318`, to which `/v1/traces` or `/v1/metrics` is added; or the whole address of either signal. */
  endpoint: string
  headers: Readonly<Record<string, string>>
  /** Milliseconds for which a message is tried again. */
  retryTime: number
  /** Called before each wait, with its reason. */
  onRetry?(reason: string, waitMs: number): void
}

export interface Sent {
  /** How many of the message's items the collector says it has not taken, and why. */
  rejected: number
  reason: string
  /** Attempts that failed before. */
  retries: number
}

export type Signal = 'traces' | 'metrics'

/** Sends a message in protobuf. Resolves when the collector has taken it. */
export async function sendOtlp(
  signal: Signal,
  message: Uint8Array,
  { endpoint, headers, retryTime, onRetry }: OtlpClientOptions,
): Promise<Sent> {
  const url = addressOf(endpoint, signal)
  const body = gzipSync(message)
  const until = Date.now() + retryTime
  for (let retries = 0; ; retries++) {
    const attempt = await post(url, body, headers)
    if ('rejected' in attempt) return { ...attempt, retries }
    // The waits are random, so that clients that failed together do not all try again together.
    const wait = attempt.retryAfter ?? Math.min(FIRST_WAIT * 2 ** retries, LONGEST_WAIT) * (0.5 + Math.random() / 2)
    if (Date.now() + wait > until) throw new SendError(`${url} did not take the data: ${attempt.reason}.`)
    onRetry?.(attempt.reason, wait)
    await new Promise(resolve => setTimeout(resolve, wait))
  }
}

type Attempt = Omit<Sent, 'retries'> | { reason: string; retryAfter: number | undefined }

async function post(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Promise<Attempt> {
  let response: Response
  let answer: Uint8Array
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
      body,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    })
    answer = new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    return { reason: reasonOf((error as Error).cause ?? error) || 'it cannot be reached', retryAfter: undefined }
  }
  if (response.ok) return partialSuccess(answer)
  const said = new TextDecoder()
    .decode(answer)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, MAX_REASON)
  const reason = `it answered ${response.status} ${response.statusText}${said ? ` (${said})` : ''}`
  if (!RETRYABLE.includes(response.status)) {
    throw new SendError(`${url} did not take the data: ${reason}.`, response.status)
  }
  return { reason, retryAfter: retryAfterOf(response.headers.get('retry-after')) }
}

/** Milliseconds. It is seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function retryAfterOf(value: string | null): number | undefined {
  if (value === null) return undefined
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now()
  return wait >= 0 ? wait : undefined
}

function addressOf(endpoint: string, signal: Signal): string {
  const base = endpoint.replace(/\/+$/, '').replace(/\/v1\/(?:traces|metrics)$/, '')
  return `${base}/v1/${signal}`
}

/**
 * Of an `Export…ServiceResponse`: field 1 is the partial success, which has the number of rejected items as field 1 and the
 * reason as field 2. An empty message says that all is taken.
 */
export function partialSuccess(response: Uint8Array): Omit<Sent, 'retries'> {
  const inner = fieldsOf(response).get(1)
  const fields = inner instanceof Uint8Array ? fieldsOf(inner) : new Map<number, number | Uint8Array>()
  const [rejected, reason] = [fields.get(1), fields.get(2)]
  return {
    rejected: typeof rejected === 'number' ? rejected : 0,
    reason: reason instanceof Uint8Array ? new TextDecoder().decode(reason).slice(0, MAX_REASON) : '',
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
