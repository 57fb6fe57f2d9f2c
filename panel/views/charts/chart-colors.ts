// Panel: the colors of the charts, read from the style sheet, as a canvas cannot use custom properties.
import type { Outcome } from '../../../wire/operations.ts'

export interface ChartColors {
  text: string
  grid: string
  used: string
  usedFill: string
  total: string
  mark: string
  snapshot: string
  gap: string
  quantile: string
  slow: string
  slowFill: string
  longTask: string
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
    quantile: color('chart-quantile'),
    slow: color('chart-slow'),
    slowFill: color('chart-slow-fill'),
    longTask: color('chart-long-task'),
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

/** Each from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

const known = new Map<string, Rgb>()

/** @param color an opaque color of the style sheet */
export function rgbOf(color: string): Rgb {
  const found = known.get(color)
  if (found) return found
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  if (context) context.fillStyle = color
  // A canvas serializes an opaque color as #rrggbb: https://html.spec.whatwg.org/multipage/canvas.html#serialisation-of-a-color
  const digits = Number.parseInt(String(context?.fillStyle).slice(1), 16)
  const rgb = [digits >> 16, (digits >> 8) & 255, digits & 255] as const
  known.set(color, rgb)
  return rgb
}
