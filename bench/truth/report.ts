// Node. The differences as a table, and what of the promise is kept.
import { markdownTable } from '../harness/markdown-table.ts'
import type { Difference } from './differences.ts'

/** Milliseconds, or units: of the median and of the 95th percentile. */
const TARGETS = { median: 1, p95: 5 }

interface Row {
  difference: Difference
  median: number
  p95: number
  max: number
  /** The request with the largest difference. */
  worst: number
}

export interface Verdict {
  promise: string
  measured: string
  met: boolean
}

export function summarize(differences: readonly Difference[]): Row[] {
  return differences.flatMap(difference => {
    const sorted = [...difference.values].sort((a, b) => Math.abs(a.difference) - Math.abs(b.difference))
    const at = (share: number): number => Math.abs(sorted[Math.ceil(share * sorted.length) - 1]?.difference ?? 0)
    const worst = sorted.at(-1)
    return worst
      ? [{ difference, median: at(0.5), p95: at(0.95), max: Math.abs(worst.difference), worst: worst.n }]
      : []
  })
}

export function differenceTable(rows: readonly Row[]): string {
  const short = (value: number): string => (value % 1 === 0 ? `${value}` : value.toFixed(2))
  return markdownTable(
    ['figure', 'against', 'n', 'median |diff|', 'p95 |diff|', 'max |diff|', 'median diff', 'worst'],
    rows.map(({ difference: { figure, reference, unit, values }, median, p95, max, worst }) => [
      unit === '' ? figure : `${figure} (${unit})`,
      reference,
      `${values.length}`,
      short(median),
      short(p95),
      short(max),
      short(values.map(value => value.difference).sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0),
      `${worst}`,
    ]),
  )
}

export function verdictsOf(rows: readonly Row[], faults: Readonly<Record<string, number>>): Verdict[] {
  const kept = rows.flatMap(({ difference: { figure, reference, unit, promised }, median, p95 }): Verdict[] => {
    if (!promised) return []
    const limits = unit === 'ms' ? TARGETS : { median: 0, p95: 0 }
    const measured = `median ${median.toFixed(2)}, p95 ${p95.toFixed(2)}`
    const promise = `${figure} against ${reference}: median ≤ ${limits.median}, p95 ≤ ${limits.p95}`
    return [{ promise, measured, met: median <= limits.median && p95 <= limits.p95 }]
  })
  const none = Object.entries(faults).map(([what, count]) => ({
    promise: `${what}: none`,
    measured: `${count}`,
    met: count === 0,
  }))
  return [...none, ...kept]
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ['promise', 'measured', 'verdict'],
    verdicts.map(({ promise, measured, met }) => [promise, measured, met ? 'met' : 'missed']),
  )
}
