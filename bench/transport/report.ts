// Node. The wires' figures, and what is promised of ours.
import { markdownTable } from '../harness/markdown-table.ts'
import { type Spread, spreadOf } from '../harness/spread.ts'
import type { Verdict } from '../harness/verdict.ts'
import { WIRES, type Wire } from './wires.ts'

export interface Figure {
  wire: Wire
  /** Operations in a batch. */
  size: number
  nanoseconds: Spread
}

const LABELS: Record<Wire, string> = {
  columns: 'ours: columns',
  objects: 'batches of JSON objects',
  messages: 'a message each',
}

export function transportFigures(samples: ReadonlyMap<{ wire: Wire; size: number }, readonly number[]>): Figure[] {
  return [...samples].flatMap(([{ wire, size }, values]) => {
    const nanoseconds = spreadOf(values)
    return nanoseconds ? [{ wire, size, nanoseconds }] : []
  })
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const asPart = (share: number): string => `1/${(1 / share).toFixed(1)}`

export function transportTable(figures: readonly Figure[]): string {
  const sizes = [...new Set(figures.map(({ size }) => size))]
  const cell = (wire: Wire, size: number): string => {
    const found = figures.find(figure => figure.wire === wire && figure.size === size)
    return found
      ? `${whole(found.nanoseconds.median)} [${whole(found.nanoseconds.min)}–${whole(found.nanoseconds.max)}]`
      : '–'
  }
  return markdownTable(
    ['wire', ...sizes.map(size => `${whole(size)} a batch`)],
    WIRES.map(wire => [LABELS[wire], ...sizes.map(size => cell(wire, size))]),
  )
}

/** Ratios of medians. */
export function transportVerdicts(figures: readonly Figure[]): Verdict[] {
  return figures
    .filter(({ wire }) => wire === 'columns')
    .flatMap(({ size, nanoseconds: { median } }) =>
      (['objects', 'messages'] as const).flatMap(wire => {
        const other = figures.find(figure => figure.wire === wire && figure.size === size)
        if (!other) return []
        const atMost = wire === 'messages' ? 1 / 50 : size >= 500 ? 1 / 8 : 1 / 2
        const share = median / other.nanoseconds.median
        const promise = `${whole(size)} a batch, ours / ${LABELS[wire]}`
        return [{ promise, measured: asPart(share), target: `≤ ${asPart(atMost)}`, met: share <= atMost }]
      }),
    )
}
