// Panel: one operation's bar in the timeline: its phases, or the whole in the colour of its outcome.
import { phaseSegments, phasesOf } from '../../../model/analysis/phase-segments.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'

/** A part of the bar: milliseconds since the operation's start. */
export interface BarSegment {
  name: string
  from: number
  to: number
}

export function barSegments(session: SessionModel, row: number): BarSegment[] {
  const { operations } = session
  const duration = shownDuration(session, row)
  const outcome = operations.outcomeOf(row)
  const whole = { name: outcome, from: 0, to: duration }
  const http = operations.details.get(row)?.http
  const known = outcome === 'pending' ? undefined : phasesOf(http)
  const segments = known ? phaseSegments(known.phases) : []
  if (segments.length > 0) return segments.map(({ phase, from, to }) => ({ name: phase, from, to }))
  const { bodyDuration = 0 } = http ?? {}
  return bodyDuration > duration ? [whole, { name: 'receive', from: duration, to: bodyDuration }] : [whole]
}

/** Shows the segments in a track whose width is `range`. */
export function fillTrack(
  track: HTMLElement,
  segments: readonly BarSegment[],
  start: number,
  range: { from: number; to: number },
): void {
  const span = range.to - range.from
  const share = (time: number): number => Math.min(Math.max((start + time - range.from) / span, -0.01), 1.01) * 100
  while (track.children.length < segments.length) track.append(document.createElement('i'))
  for (const [i, element] of [...track.children].entries()) {
    const segment = segments[i]
    const { style } = element as HTMLElement
    element.className = segment ? `segment ${segment.name}` : 'segment unused'
    if (!segment) continue
    style.left = `${share(segment.from)}%`
    style.width = `${share(segment.to) - share(segment.from)}%`
  }
}
