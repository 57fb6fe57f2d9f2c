// Panel: draws operations as points. The color shows the outcome and the shape the kind.
import type { Rows } from '../../../model/session/rows-in.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import { isConnection, KINDS, type Kind, OUTCOMES } from '../../../wire/operations.ts'
import type { ChartColors } from './chart-colors.ts'
import type { DurationScale } from './duration-scale.ts'
import { type PlotArea, xOf, yOf } from './plot-area.ts'

/** Of a point, and of a point among many operations: CSS pixels. */
const RADIUS = 3
const SMALL_RADIUS = 2.4
const MANY = 800
/** Slow operations have a ring, which is larger than the point by this factor. */
const RING = 2

/** Failures are drawn last, so that they are on top. */
const BOTTOM_UP = (['ok', 'pending', 'cancelled', 'failed'] as const).map(outcome => OUTCOMES.indexOf(outcome))

export function drawOperations(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  scale: DurationScale,
  colors: ChartColors,
  session: SessionModel,
  rows: Rows,
  slowThreshold: number,
): void {
  const { operations } = session
  const paths = OUTCOMES.map(() => new Path2D())
  const rings = new Path2D()
  const radius = (rows.to - rows.from > MANY ? SMALL_RADIUS : RADIUS) * area.ratio
  for (let position = rows.from; position < rows.to; position++) {
    const row = rows.list.row(position)
    const path = paths[operations.outcome.get(row)]
    const x = xOf(area, operations.start.get(row))
    if (isConnection(operations.kind.get(row))) continue
    const duration = shownDuration(session, row)
    const y = yOf(area, scale, duration)
    if (duration >= slowThreshold) {
      rings.moveTo(x + radius * RING, y)
      rings.arc(x, y, radius * RING, 0, 2 * Math.PI)
    }
    if (path) addShape(path, KINDS[operations.kind.get(row)] ?? 'custom', x, y, radius)
  }
  context.save()
  context.lineWidth = 1.25 * area.ratio
  for (const outcome of BOTTOM_UP) {
    const path = paths[outcome]
    if (!path) continue
    const name = OUTCOMES[outcome] ?? 'pending'
    // Operations that have not ended, or were stopped, are hollow.
    const hollow = name === 'pending' || name === 'cancelled'
    context.globalAlpha = name === 'ok' ? 0.8 : 1
    context.fillStyle = hollow ? colors.surface : colors.outcomes[name]
    context.fill(path)
    context.strokeStyle = colors.outcomes[name]
    if (hollow) context.stroke(path)
  }
  context.globalAlpha = 1
  context.strokeStyle = colors.slow
  context.stroke(rings)
  context.restore()
}

/**
 * fetch: a circle, xhr: a square, custom: a diamond, others: a triangle. Shapes are closed by hand: in Chromium each
 * `closePath` takes time in proportion to the whole path, which made 50 ms for a few thousand points.
 */
export function addShape(path: Path2D, kind: Kind, x: number, y: number, radius: number): void {
  if (kind === 'fetch') {
    path.moveTo(x + radius, y)
    path.arc(x, y, radius, 0, 2 * Math.PI)
  } else if (kind === 'xhr') {
    path.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8)
  } else if (kind !== 'custom') {
    path.moveTo(x, y + radius * 0.9)
    path.lineTo(x - radius * 1.15, y + radius * 0.9)
    path.lineTo(x, y - radius * 1.2)
    path.lineTo(x + radius * 1.15, y + radius * 0.9)
    path.lineTo(x, y + radius * 0.9)
  } else {
    const reach = radius * 1.3
    path.moveTo(x + reach / 2, y - reach / 2)
    path.lineTo(x + reach, y)
    path.lineTo(x, y + reach)
    path.lineTo(x - reach, y)
    path.lineTo(x, y - reach)
    path.lineTo(x + reach / 2, y - reach / 2)
  }
}
