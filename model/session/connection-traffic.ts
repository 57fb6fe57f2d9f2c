// Model: how many messages and bytes went over each connection, over time. The page script reports totals, so points can be left out
// without making the others wrong.
import type { SessionTrafficPoint } from '../../session/format.ts'
import type { ConnectionDetail } from '../../wire/operations.ts'
import type { Row } from '../numbers.ts'

/** Points of one connection. When there are more, every second one is left out. */
export const MAX_POINTS = 240
/**
 * Connections whose traffic is kept: at most some 40 MB. A page can open any number of them; beyond it, the one that was reported
 * first has no graph any more.
 */
export const MAX_CONNECTIONS = 2_000

export class ConnectionTraffic {
  readonly #points = new Map<Row, readonly SessionTrafficPoint[]>()
  /** Reported since the last call of `stamp`, whose time is not known yet. */
  readonly #reported = new Map<Row, ConnectionDetail>()

  report(row: Row, connection: ConnectionDetail): void {
    this.#reported.set(row, connection)
  }

  /**
   * @param time when the batch with the reports was made, in epoch milliseconds.
   * @returns whether there were any.
   */
  stamp(time: number): boolean {
    for (const [row, { messagesIn, bytesIn, messagesOut, bytesOut }] of this.#reported) {
      // In the order of the file's members.
      this.set(row, [...this.of(row), { time, messagesIn, bytesIn, messagesOut, bytesOut }])
    }
    const any = this.#reported.size > 0
    this.#reported.clear()
    return any
  }

  /** @param points in the order of time. */
  set(row: Row, points: readonly SessionTrafficPoint[]): void {
    if (!this.#points.has(row) && this.#points.size === MAX_CONNECTIONS) this.#evictOldest()
    this.#points.set(row, points.length > MAX_POINTS ? points.filter((_, i) => i % 2 !== points.length % 2) : points)
  }

  #evictOldest(): void {
    const [oldest] = this.#points.keys()
    if (oldest !== undefined) this.#points.delete(oldest)
  }

  /** In the order of time. Empty if nothing was counted over time. */
  of(row: Row): readonly SessionTrafficPoint[] {
    return this.#points.get(row) ?? []
  }
}

/** Messages per second in each of `steps` equal parts of a span of epoch milliseconds, in both directions. */
export function messageRates(
  points: readonly SessionTrafficPoint[],
  from: number,
  to: number,
  steps: number,
): number[] {
  const rates = new Array<number>(steps).fill(0)
  const length = (to - from) / steps
  let before = 0
  let since = from
  for (const { time, messagesIn, messagesOut } of points) {
    const count = messagesIn + messagesOut
    const end = Math.max(time, since)
    // A report counts for the whole time since the one before it.
    for (let step = 0; step < steps; step++) {
      const [start, stop] = [from + step * length, from + (step + 1) * length]
      const share =
        end > since
          ? Math.max(0, Math.min(stop, end) - Math.max(start, since)) / (end - since)
          : Number(end >= start && (end < stop || step === steps - 1))
      // The totals of a file may be anything.
      ;(rates[step] as number) += (Math.max(0, count - before) * share) / (length / 1_000)
    }
    before = count
    since = end
  }
  return rates
}
