// Panel: the timeline's rows: each operation as a bar over the time that is shown.
import type { Waterfall } from '../../../model/analysis/waterfall.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import type { GridColumn } from '../../kit/columns.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import { durationText } from '../operations/operation-columns.ts'
import { tickStep, ticksIn } from './time-ticks.ts'
import { barSegments, fillTrack } from './timeline-bar.ts'

/** CSS pixels between two moments on the ruler. */
const TICK_SPACE = 90
/** CSS pixels by which a child stands in. */
const INDENT = 12

/** As wide as the style sheet says. */
const COLUMNS: readonly GridColumn<'name' | 'track'>[] = [
  { key: 'name', title: 'Name', width: 0 },
  { key: 'track', title: 'Time', width: 0 },
]

export interface TimelineGridParts {
  store: SessionStore
  view: ViewStore
  formatters: Formatters
  waterfall(): Waterfall
}

export function createTimelineGrid(host: HTMLElement, parts: TimelineGridParts): DataGrid {
  const { store, view, formatters, waterfall } = parts
  const rowAt = (index: number) => waterfall().rows[index] as number
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
    follows: () => view.zoom.peek() === null,
  })
  const ruler = host.querySelector<HTMLElement>('.head .track') as HTMLElement

  return {
    ...grid,
    update() {
      drawRuler(host, ruler, view.range.peek(), store.session.peek().first, formatters)
      grid.update()
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
  ruler.replaceChildren(
    ...ticks.map(tick => {
      const label = document.createElement('span')
      label.textContent = formatters.axisMoment(tick - origin, step)
      label.style.left = `${pixels(tick)}px`
      return label
    }),
  )
  host.style.setProperty('--tick-first', `${ticks[0] === undefined ? 0 : pixels(ticks[0])}px`)
  host.style.setProperty('--tick-step', `${(step / (to - from)) * width}px`)
}
