// Node. From samples to the figures that are reported.
import { type Spread, spreadOf } from '../harness/spread.ts'
import type { Measured, Sample } from './measure.ts'

export interface Figure {
  variant: string
  /** CPU ns a call. */
  own: Record<keyof Sample, Spread>
  /** The same over the first variant's of the same round; for the first variant itself, 0. */
  over: Record<keyof Sample, Spread>
}

export type Figures = readonly Figure[]

export function figuresOf(measured: Measured): Figures {
  const [bare = []] = measured.values()
  return [...measured].flatMap(([variant, samples]) => {
    const spread = (what: keyof Sample, less: readonly Sample[]): Spread | undefined =>
      spreadOf(samples.map((sample, round) => sample[what] - (less[round]?.[what] ?? 0)))
    const [calls, all] = [spread('calls', []), spread('all', [])]
    const [callsOver, allOver] = [spread('calls', bare), spread('all', bare)]
    if (!calls || !all || !callsOver || !allOver) return []
    return [{ variant, own: { calls, all }, over: { calls: callsOver, all: allOver } }]
  })
}

export const find = (figures: Figures, name: string): Figure | undefined =>
  figures.find(({ variant }) => variant === name)

/** The ratio of two variants' medians over the first variant. */
export function ratio(figures: Figures, what: keyof Sample, of: string, to: string): number | undefined {
  const [dividend, divisor] = [find(figures, of), find(figures, to)]
  return dividend && divisor && dividend.over[what].median / divisor.over[what].median
}
