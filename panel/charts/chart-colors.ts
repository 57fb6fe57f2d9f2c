// Panel: the charts' colours, read from the style sheet: a canvas knows no CSS variables.
import type { Outcome } from '../../wire/operations.ts'

export interface ChartColors {
  text: string
  grid: string
  used: string
  usedFill: string
  total: string
  mark: string
  snapshot: string
  gap: string
  selected: string
  surface: string
  outcomes: Record<Outcome, string>
  font: string
}

export function readChartColors(root: Element): ChartColors {
  const style = getComputedStyle(root)
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    text: color('text-subtle'),
    grid: color('chart-grid'),
    used: color('chart-used'),
    usedFill: color('chart-used-fill'),
    total: color('chart-total'),
    mark: color('chart-mark'),
    snapshot: color('chart-snapshot'),
    gap: color('chart-gap'),
    selected: color('accent'),
    surface: color('surface'),
    outcomes: {
      ok: color('outcome-ok'),
      failed: color('outcome-failed'),
      cancelled: color('outcome-cancelled'),
      pending: color('outcome-pending'),
    },
    font: `11px ${style.fontFamily}`,
  }
}
