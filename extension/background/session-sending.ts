// Background: sends one session to the collector. The session's log is the queue, and how much of it was sent is stored with
// the session; so a worker that is stopped loses nothing, and at most the message that it was sending is sent again.
import { addressOf, type attemptOtlp, type NotTaken, type Signal } from '../../model/formats/otlp/otlp-http.ts'
import { durationsMessage } from '../../model/formats/otlp/otlp-metrics-writer.ts'
import { createSpanMessages, SPANS_PER_MESSAGE } from '../../model/formats/otlp/otlp-spans-writer.ts'
import type { Row } from '../../model/numbers.ts'
import { SessionModel } from '../../model/session/session-model.ts'
import type { SessionLog } from '../../storage/session-log.ts'
import type { SentProgress, SentSession, StoredSession } from '../../wire/messages.ts'
import { PENDING } from '../../wire/operations.ts'
import { NOTHING_SENT, nextRows, type RowState } from './unsent-rows.ts'

/**
 * Milliseconds from the end of an operation until it is sent: by then what DevTools saw of it is joined to it. A span cannot be
 * changed once it is sent.
 */
export const SETTLE_TIME = 3_000
const ROWS_PER_MESSAGE: Record<Signal, number> = { traces: SPANS_PER_MESSAGE, metrics: 16_384 }
const SIGNALS = ['traces', 'metrics'] as const

/** The position of a signal that the collector has no address for. */
const NOT_SUPPORTED = Number.MAX_SAFE_INTEGER

/** Responses that concern the address and not the message: all messages would get them, so what is unsent stays unsent. */
const WRONG_ADDRESS = [401, 403, 404, 405]

export interface SessionSendingParts {
  log: Pick<SessionLog, 'read' | 'setSent'>
  generator: { name: string; version: string }
  attempt: typeof attemptOtlp
  /** The session was stored with what was sent of it. */
  onSent(session: StoredSession): void
}

/** `gone`: there is no such session any more; `waiting`: it is not done, for example as operations have ended too recently. */
export type SendResult = 'all' | 'waiting' | 'gone' | NotTaken

export class SessionSending {
  readonly #session: SessionModel
  readonly #id: string
  readonly #parts: SessionSendingParts
  readonly #spans: ReturnType<typeof createSpanMessages>
  /** How much of the log was read. */
  #position = 0
  #sent: SentSession
  /** Whether it is stored as well. */
  #isStored = true

  constructor({ id, createdAt, sent }: StoredSession, parts: SessionSendingParts) {
    this.#session = new SessionModel(createdAt)
    this.#id = id
    this.#parts = parts
    this.#spans = createSpanMessages(this.#session, parts.generator)
    this.#sent = sent ?? { traces: NOTHING_SENT, metrics: NOTHING_SENT }
  }

  /**
   * Reads what was added to the log, and sends what has ended. Stops at the first message that is not taken, and when it is no
   * longer wanted.
   */
  async send(endpoint: string, isWanted: () => boolean): Promise<SendResult> {
    await this.#read()
    let result: SendResult = 'all'
    for (const signal of SIGNALS) {
      const each = await this.#sendSignal(signal, endpoint, isWanted)
      if (each === 'waiting') result = each
      else if (each !== 'all') return each
    }
    return this.#isStored ? result : 'waiting'
  }

  /** Stores why the session cannot be sent. */
  async fail(endpoint: string, reason: string, retryAt: number | undefined): Promise<void> {
    const { traces, metrics } = this.#sent
    await this.#store({ traces, metrics, problem: { endpoint, reason, ...(retryAt === undefined ? {} : { retryAt }) } })
  }

  async #read(): Promise<void> {
    for (;;) {
      const records = await this.#parts.log.read(this.#id, this.#position)
      if (records.length === 0) break
      for (const { n, entry } of records) {
        // Set first: a record that cannot be applied must not be applied again.
        this.#position = n
        this.#session.apply(entry)
      }
    }
    // A request that is held would get a row now, but another one when the next worker reads the log.
    if (this.#session.operations.held.all().length > 0) return
    for (const _ of this.#session.settle(Date.now()));
  }

  async #sendSignal(signal: Signal, endpoint: string, isWanted: () => boolean): Promise<SendResult> {
    const { operations } = this.#session
    for (;;) {
      if (!isWanted()) return 'waiting'
      const now = Date.now()
      const progress = this.#sent[signal]
      if (progress.position === NOT_SUPPORTED) return 'all'
      const next = nextRows(
        progress,
        operations.length,
        row => this.#stateOf(row as Row, now),
        ROWS_PER_MESSAGE[signal],
      )
      if (next.rows.length === 0) {
        const position = next.isWaiting ? progress.position : this.#position
        const isKnown = position === progress.position && next.after.rows === progress.rows && this.#isStored
        if (isKnown) return next.isWaiting ? 'waiting' : 'all'
        const known = await this.#store({ ...this.#sent, [signal]: { ...next.after, position } })
        return !known ? 'gone' : next.isWaiting ? 'waiting' : 'all'
      }
      const { bytes, items, until } = this.#messageOf(signal, next.rows as Row[], progress)
      const attempt = await this.#parts.attempt(addressOf(endpoint, signal), bytes)
      if ('rejected' in attempt || (attempt.refused !== undefined && !WRONG_ADDRESS.includes(attempt.refused))) {
        const rejected = 'rejected' in attempt ? Math.min(attempt.rejected, items) : items
        const taken = progress.taken + Math.max(0, next.rows.length - (signal === 'traces' ? rejected : 0))
        const changed = { ...next.after, taken, lost: next.after.lost + rejected, ...until }
        const { traces, metrics } = this.#sent
        const problem = rejected > 0 ? { problem: { endpoint, reason: attempt.reason || 'no reason was given' } } : {}
        if (!(await this.#store({ traces, metrics, ...problem, [signal]: changed }))) return 'gone'
        continue
      }
      // Jaeger has no address for metrics. As spans were taken at this endpoint, it is not misspelt.
      if (signal === 'metrics' && attempt.refused === 404) {
        return (await this.#store({ ...this.#sent, metrics: { ...progress, position: NOT_SUPPORTED } }))
          ? 'all'
          : 'gone'
      }
      return attempt
    }
  }

  #messageOf(signal: Signal, rows: readonly Row[], { taken, lost, until }: SentProgress) {
    if (signal === 'traces') {
      const isFirst = taken + lost === 0
      return { bytes: this.#spans(rows, isFirst), items: rows.length, until: {} }
    }
    const period = { from: until ?? this.#session.first, to: Math.max(this.#session.latest, until ?? 0) }
    const { bytes, points } = durationsMessage(this.#session, rows, period, this.#parts.generator)
    return { bytes, items: points, until: { until: period.to } }
  }

  #stateOf(row: Row, now: number): RowState {
    const { operations } = this.#session
    if (operations.outcome.get(row) === PENDING) return operations.endIsUnknown(row) ? 'ended' : 'running'
    // The document's clock and this one may differ.
    return Math.abs(now - operations.endOf(row)) < SETTLE_TIME ? 'recent' : 'ended'
  }

  /** False if there is no such session any more. */
  async #store(sent: SentSession): Promise<boolean> {
    this.#sent = sent
    try {
      this.#isStored = false
      const session = await this.#parts.log.setSent(this.#id, sent)
      this.#isStored = true
      if (session) this.#parts.onSent(session)
      return session !== undefined
    } catch (error) {
      // It goes on with what it knows, and stores that later.
      console.error('Perf could not store what was sent', error)
      return true
    }
  }
}

/** Whether nothing of the session is left to send, as far as is stored. */
export function isSent({ bytes, sent }: StoredSession): boolean {
  return sent !== undefined && SIGNALS.every(signal => sent[signal].position >= bytes)
}

/** Operations of the session that have ended and were not sent. */
export function unsentOperations({ operations, sent }: StoredSession): number {
  const { taken, lost } = sent?.traces ?? NOTHING_SENT
  return Math.max(0, operations - taken - lost)
}
