// Panel: the rows of the timeline: each operation as a bar in the shown range. The bar shows the phases of a request, or
// the color of the outcome.

import { phaseSegments, phasesOf } from '../../../model/analysis/phase-segments.ts'
import type { Waterfall } from '../../../model/analysis/waterfall.ts'
import type { Row } from '../../../model/numbers.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import { durationText } from '../../../model/text/outcome-text.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import type { MenuPlace } from '../../kit/context-menu.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import type { GridColumn } from '../../kit/grid-frame.ts'
import { createNavigationLines } from './navigation-lines.ts'

/** CSS pixels between two labels of the ruler. */
const TICK_SPACE = 90
/** CSS pixels for a label. */
const LABEL_WIDTH = 48
/** CSS pixels for each level of children. */
const INDENT = 12

/** The style sheet sets their widths. */
const COLUMNS: readonly GridColumn<'name' | 'track'>[] = [
  { key: 'name', title: 'Name', width: 0 },
  { key: 'track', title: 'Time', width: 0 },
]

export interface TimelineGridParts {
  store: SessionStore
  view: ViewStore
  formatters: Formatters
  waterfall(): Waterfall
  openMenu(row: Row, place: MenuPlace): void
}

export function createTimelineGrid(host: HTMLElement, parts: TimelineGridParts): DataGrid {
  const { store, view, formatters, waterfall } = parts
  const rowAt = (index: number) => waterfall().rows[index] as Row
  const grid = createDataGrid(host, {
    label: 'Timeline',
    role: 'treegrid',
    columns: COLUMNS,
    length: () => waterfall().rows.length,
    idOf: index => String(rowAt(index)),
    fillRow(element, index) {
      const session = store.session.peek()
      const { operations } = session
      const row = rowAt(index)
      const [name, track] = element.children as unknown as [HTMLElement, HTMLElement]
      const depth = waterfall().depths?.[index] ?? 0
      element.dataset.id = operations.idOf(row)
      element.dataset.outcome = operations.outcomeOf(row)
      element.setAttribute('aria-level', String(depth + 1))
      setText(name, operations.nameOf(row), operations.nameOf(row))
      name.style.paddingLeft = `${8 + depth * INDENT}px`
      track.setAttribute('aria-label', durationText(session, row, formatters))
      fillTrack(track, barSegments(session, row), operations.start.get(row), view.range.peek())
    },
    selectedIndex() {
      const selected = view.selected.peek()
      return selected === null ? -1 : waterfall().rows.indexOf(selected)
    },
    select(index) {
      view.selected.value = index === null ? null : rowAt(index)
    },
    openMenu: (index, place) => parts.openMenu(rowAt(index), place),
    follows: () => view.zoom.peek() === null,
  })
  const ruler = host.querySelector<HTMLElement>('.head .track') as HTMLElement
  const navigations = createNavigationLines(host, ruler)

  return {
    ...grid,
    update() {
      drawRuler(host, ruler, view.range.peek(), store.session.peek().first, formatters)
      navigations.draw(store.session.peek(), view.range.peek())
      grid.update()
    },
    stop() {
      navigations.stop()
      grid.stop()
    },
  }
}

function drawRuler(
  host: HTMLElement,
  ruler: HTMLElement,
  { from, to }: { from: number; to: number },
  origin: number,
  formatters: Formatters,
): void {
  const width = Math.max(ruler.clientWidth, 1)
  const step = tickStep(to - from, width / TICK_SPACE)
  const ticks = ticksIn(from, to, origin, step)
  const pixels = (time: number): number => ((time - from) / (to - from)) * width
  // A label close to the end would be cut off.
  const labelled = ticks.filter(tick => pixels(tick) <= width - LABEL_WIDTH)
  ruler.replaceChildren(
    ...labelled.map(tick => {
      const label = document.createElement('span')
      label.textContent = formatters.axisMoment(tick - origin, step)
      label.style.left = `${pixels(tick)}px`
      return label
    }),
  )
  host.style.setProperty('--tick-first', `${ticks[0] === undefined ? 0 : pixels(ticks[0])}px`)
  host.style.setProperty('--tick-step', `${(step / (to - from)) * width}px`)
}

/** The smallest step of 1, 2 or 5 times a power of ten that results in at most `maxTicks` ticks. */
export function tickStep(span: number, maxTicks: number): number {
  const minStep = span / Math.max(maxTicks, 1)
  const power = 10 ** Math.floor(Math.log10(minStep))
  return ([1, 2, 5].find(factor => factor * power >= minStep * (1 - 1e-9)) ?? 10) * power
}

/** Times from `from` to `to` that are whole steps from `origin`. */
export function ticksIn(from: number, to: number, origin: number, step: number): number[] {
  const ticks: number[] = []
  for (let count = Math.ceil((from - origin) / step); origin + count * step <= to; count++)
    ticks.push(origin + count * step)
  return ticks
}

/** A part of a bar, in milliseconds since the start of the operation. */
interface BarSegment {
  name: string
  from: number
  to: number
}

function barSegments(session: SessionModel, row: Row): BarSegment[] {
  const { operations } = session
  const duration = shownDuration(session, row)
  const outcome = operations.outcomeOf(row)
  const whole = { name: outcome, from: 0, to: duration }
  const http = operations.details.get(row)?.http
  const phases = outcome === 'pending' ? undefined : phasesOf(http)?.phases
  const segments = phases ? phaseSegments(phases) : []
  if (segments.length > 0) {
    // If the body was abandoned, the phases continue to that moment.
    const end = http?.bodyEndUnknown ? duration : Number.POSITIVE_INFINITY
    return segments.map(({ phase, from, to }) => ({ name: phase, from: Math.min(from, end), to: Math.min(to, end) }))
  }
  const { headersDuration = duration } = http ?? {}
  if (headersDuration >= duration || outcome === 'pending') return [whole]
  return [
    { ...whole, to: headersDuration },
    { name: 'receive', from: headersDuration, to: duration },
  ]
}

/** Shows the segments in a track that spans `range`. */
function fillTrack(
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
