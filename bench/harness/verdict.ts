// Node. What is promised of some figures, and whether they keep it.
import { markdownTable } from './markdown-table.ts'

export interface Verdict {
  promise: string
  measured: string
  target: string
  met: boolean
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ['promise', 'measured', 'target', 'verdict'],
    verdicts.map(({ promise, measured, target, met }) => [promise, measured, target, met ? 'met' : 'missed']),
  )
}
