// Node. From samples to the figures that are reported.
import type { Sample } from '../harness/sample.ts'
import { type Spread, spreadOf } from '../harness/spread.ts'
import type { Measured } from './measure.ts'

export interface Figure {
  variant: string
  count: number
  /** CPU ns per operation over the bare await's of the same round. */
  overBareNs: Spread
  /** The same without the subtraction. */
  cpuNs: Spread
  /** What the page holds before any operation. */
  bytesAtLoad: Spread
  /** What the page retains after `count` operations and the warm-up, less what it held before them. */
  retainedBytes: Spread
  /** The same divided by the number of those operations. */
  retainedBytesPerOperation: Spread
}

export type Figures = readonly Figure[]

export function figuresOf(measured: Measured): Figure[] {
  const figures: Figure[] = []
  for (const [variant, counts] of measured) {
    for (const [count, samples] of counts) {
      const figure = figureOf(samples, measured.get('bare')?.get(count) ?? [])
      if (figure !== undefined) figures.push({ variant, count, ...figure })
    }
  }
  return figures
}

export const find = (figures: Figures, variant: string, count: number): Figure | undefined =>
  figures.find(figure => figure.variant === variant && figure.count === count)

/** The ratio of two variants' medians over the bare await. */
export function ratio(figures: Figures, of: string, to: string, count: number): number | undefined {
  const [dividend, divisor] = [find(figures, of, count), find(figures, to, count)]
  return dividend && divisor && dividend.overBareNs.median / divisor.overBareNs.median
}

function figureOf(samples: Sample[], bare: Sample[]): Omit<Figure, 'variant' | 'count'> | undefined {
  const overBareNs = spreadOf(
    samples.flatMap((sample, round) => {
      const reference = bare[round]
      return reference ? [sample.cpuNsPerOperation - reference.cpuNsPerOperation] : []
    }),
  )
  const cpuNs = spreadOf(samples.map(sample => sample.cpuNsPerOperation))
  const bytesAtLoad = spreadOf(samples.map(sample => sample.bytesAtLoad))
  const retainedBytes = spreadOf(samples.map(sample => sample.retainedBytes))
  const retainedBytesPerOperation = spreadOf(samples.map(sample => sample.retainedBytesPerOperation))
  return (
    overBareNs &&
    cpuNs &&
    bytesAtLoad &&
    retainedBytes &&
    retainedBytesPerOperation && { overBareNs, cpuNs, bytesAtLoad, retainedBytes, retainedBytesPerOperation }
  )
}
