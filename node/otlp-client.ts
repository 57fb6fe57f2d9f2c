// Node: sends OTLP messages to a collector, and tries again while it is busy.
import { addressOf, attemptOtlp, type Signal, type Taken, waitAfter } from '../model/formats/otlp/otlp-http.ts'

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

export interface Sent extends Taken {
  /** Attempts that failed before. */
  retries: number
}

/** Sends a message in protobuf. Resolves when the collector has taken it. */
export async function sendOtlp(
  signal: Signal,
  message: Uint8Array<ArrayBuffer>,
  { endpoint, headers, retryTime, onRetry }: OtlpClientOptions,
): Promise<Sent> {
  const url = addressOf(endpoint, signal)
  const until = Date.now() + retryTime
  for (let retries = 0; ; retries++) {
    const attempt = await attemptOtlp(url, message, headers)
    if ('rejected' in attempt) return { ...attempt, retries }
    const { reason, refused, retryAfter } = attempt
    if (refused !== undefined) throw new SendError(`${url} did not take the data: ${reason}.`, refused)
    const wait = waitAfter(retries + 1, retryAfter)
    if (Date.now() + wait > until) throw new SendError(`${url} did not take the data: ${reason}.`)
    onRetry?.(reason, wait)
    await new Promise(resolve => setTimeout(resolve, wait))
  }
}
