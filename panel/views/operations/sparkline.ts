// Panel: a group's trend as a line as high as a row: the average duration over the shown span.
import type { GroupTotals } from '../../../model/analysis/group-totals.ts'

const SVG = 'http://www.w3.org/2000/svg'
const HEIGHT = 14

export function createSparkline(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'sparkline')
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(document.createElementNS(SVG, 'path'))
  return svg
}

export function fillSparkline(svg: SVGSVGElement, totals: GroupTotals): void {
  const path = svg.firstElementChild as SVGPathElement
  const drawn = sparklinePath(totals)
  if (path.getAttribute('d') === drawn) return
  svg.setAttribute('viewBox', `0 0 ${totals.trendCounts.length - 1} ${HEIGHT}`)
  path.setAttribute('d', drawn)
}

/** From one step with operations to the next; a step that stands alone is a short line. */
export function sparklinePath({ trendSums, trendCounts }: Pick<GroupTotals, 'trendSums' | 'trendCounts'>): string {
  const averages = Array.from(trendSums, (sum, step) => sum / (trendCounts[step] as number))
  const most = Math.max(...averages.filter(average => !Number.isNaN(average)), 1e-9)
  const points = averages.flatMap((average, step) =>
    Number.isNaN(average) ? [] : [{ x: step, y: HEIGHT - 1 - (average / most) * (HEIGHT - 2) }],
  )
  const [first] = points
  if (!first) return ''
  if (points.length === 1) return `M${first.x - 0.5} ${digits(first.y)}h1`
  return points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${digits(y)}`).join('')
}

function digits(value: number): string {
  return value.toFixed(1)
}
