// Panel: the Connections tab: WebSockets, EventSources and streamed responses. They stay open, so the tab shows their state, how long
// they have been open and what they carried, instead of a latency.
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Row } from '../../../model/numbers.ts'
import { messageRates } from '../../../model/session/connection-traffic.ts'
import type { SessionModel } from '../../../model/session/session-model.ts'
import { shownDuration } from '../../../model/session/shown-duration.ts'
import { isConnection } from '../../../wire/operations.ts'
import { type PanelParts, usePanel } from '../../app/panel-context.ts'
import { createArrangedGrid } from '../../kit/arranged-grid.ts'
import { createDataGrid, setText } from '../../kit/data-grid.ts'
import { createPacedCall } from '../../kit/pacing.ts'
import { openOperationMenu } from '../operations/operation-menu.ts'
import type { ShownConnection } from './connection-columns.ts'

/** Milliseconds between two updates of the table. */
const LIST_INTERVAL = 200
/** Parts of the life of a connection that its graph shows. */
const RATE_STEPS = 35

export function Connections() {
  const parts = usePanel()
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (host.current) return showConnections(host.current, parts)
  }, [parts])
  return <div class="operations connections" ref={host} />
}

function showConnections(host: HTMLElement, parts: PanelParts) {
  const { store, view, formatters, tables } = parts
  let session = store.session.peek()
  let rows: Row[] = []
  const readRows = (): void => {
    const { list, from, to } = view.rows.peek()
    session = store.session.peek()
    const { kind } = session.operations
    rows = []
    for (let position = from; position < to; position++) {
      const row = list.row(position)
      if (isConnection(kind.get(row))) rows.push(row)
    }
  }
  const grid = createArrangedGrid(host, tables.connectionColumns, (columns, arranging) =>
    createDataGrid(host, {
      label: 'Connections',
      columns,
      arranging,
      // Rows of another session mean nothing in this one.
      length: () => (session === store.session.peek() ? rows.length : 0),
      idOf: index => `connection-${rows[index]}`,
      fillRow(element, index) {
        const row = rows[index] as Row
        const detail = session.operations.details.get(row) ?? {}
        const shown: ShownConnection = { session, row, formatters, detail }
        element.dataset.id = session.operations.idOf(row)
        element.dataset.outcome = session.operations.outcomeOf(row)
        for (const [i, column] of columns.entries()) {
          const cell = element.children[i] as HTMLElement
          if (column.key === 'rate') fillRates(cell, session, row)
          else setText(cell, column.text(shown), column.key === 'name' ? session.operations.requests.urlOf(row) : '')
        }
      },
      selectedIndex: () => (view.selected.peek() === null ? -1 : rows.indexOf(view.selected.peek() as Row)),
      select(index) {
        view.selected.value = index === null ? null : (rows[index] as Row)
      },
      openMenu: (index, place) => openOperationMenu(parts, rows[index] as Row, { shown: () => rows, place }),
      follows: () => false,
    }),
  )
  const paced = createPacedCall(() => {
    readRows()
    grid.update()
  }, LIST_INTERVAL)
  const stopPaced = effect(() => {
    store.version.value
    view.rows.value
    paced.request()
  })
  const stopUpdating = effect(() => {
    view.selected.value
    untracked(grid.update)
  })
  return () => {
    stopUpdating()
    stopPaced()
    paced.stop()
    grid.stop()
  }
}

/** Bars for the messages in each part of the connection's life. */
function fillRates(cell: HTMLElement, session: SessionModel, row: Row): void {
  const start = session.operations.start.get(row)
  const points = session.operations.traffic.of(row)
  const rates = messageRates(points, start, start + Math.max(1, shownDuration(session, row)), RATE_STEPS)
  const max = Math.max(...rates)
  const path = rates
    .map((rate, step) => (rate > 0 ? `M${step + 0.5} 14V${14 - Math.max(1, (rate / max) * 13)}` : ''))
    .join('')
  let svg = cell.firstElementChild as SVGSVGElement | null
  if (!svg) {
    svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    svg.setAttribute('class', 'sparkline')
    svg.setAttribute('viewBox', `0 0 ${RATE_STEPS} 14`)
    svg.setAttribute('preserveAspectRatio', 'none')
    svg.setAttribute('aria-hidden', 'true')
    svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'path'))
    cell.append(svg)
  }
  const line = svg.firstElementChild as SVGPathElement
  if (line.getAttribute('d') !== path) line.setAttribute('d', path)
  cell.title = max > 0 ? `Up to ${max.toFixed(max < 10 ? 1 : 0)} messages per second` : ''
}
