// Panel: the table of groups: each row shows all operations with the same name or route.
import type { Signal } from '@preact/signals'
import { OTHER_GROUPS } from '../../../model/analysis/analyse.ts'
import type { GroupKey, GroupRow } from '../../../model/analysis/group-rows.ts'
import type { GroupTotals } from '../../../model/analysis/group-totals.ts'
import type { Sort } from '../../../model/analysis/sorted-rows.ts'
import type { GroupId } from '../../../model/numbers.ts'
import type { Formatters } from '../../../model/text/formatters.ts'
import type { SessionStore } from '../../app/stores/session-store.ts'
import type { ColumnArranging } from '../../kit/column-arranging.ts'
import type { MenuPlace } from '../../kit/context-menu.ts'
import { createDataGrid, type DataGrid, setText } from '../../kit/data-grid.ts'
import type { GroupColumn } from './group-columns.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Of the sparkline, in the units of its view box. */
const HEIGHT = 14

export interface GroupGridParts {
  store: SessionStore
  formatters: Formatters
  rows(): readonly GroupRow[]
  sort: Signal<Sort<GroupKey>>
  /** The id of the group of the selected operation, or of the one that was clicked last. */
  selected: Signal<GroupId | null>
  /** Shows the operations of a group. */
  open(group: GroupRow): void
  columns: readonly GroupColumn[]
  arranging: ColumnArranging
  openMenu(group: GroupRow, place: MenuPlace): void
}

export function createGroupGrid(host: HTMLElement, parts: GroupGridParts): DataGrid {
  const { store, formatters, rows, sort, selected, open, columns, arranging } = parts
  const at = (index: number) => rows()[index] as GroupRow
  const openGroup = (index: number): void => {
    if (at(index).group !== OTHER_GROUPS) open(at(index))
  }
  return createDataGrid(host, {
    label: 'Operations by name',
    columns,
    sort,
    arranging,
    openMenu: (index, place) => parts.openMenu(at(index), place),
    order: () => sort.peek(),
    length: () => rows().length,
    idOf: index => `group-${at(index).group}`,
    fillRow(element, index) {
      const group = at(index)
      const resolution = store.session.peek().documents.clockResolution
      element.dataset.failures = String(group.stats.failedOperations > 0)
      element.dataset.slow = String(group.totals.slow > 0)
      for (const [i, column] of columns.entries()) {
        const cell = element.children[i] as HTMLElement
        if (column.key === 'trend') fillSparkline(sparklineIn(cell), group.totals)
        else if (column.key !== 'name')
          setText(cell, column.text(group, formatters, resolution), column.more?.(group, formatters))
        else {
          const [text, button] = nameParts(cell, element, openGroup)
          setText(text, group.name, group.name)
          button.hidden = group.group === OTHER_GROUPS
        }
      }
    },
    selectedIndex: () => rows().findIndex(({ group }) => group === selected.peek()),
    select(index) {
      selected.value = index === null ? null : at(index).group
    },
    open: openGroup,
    follows: () => false,
  })
}

function sparklineIn(cell: HTMLElement): SVGSVGElement {
  const known = cell.firstElementChild
  if (known instanceof SVGSVGElement) return known
  const sparkline = createSparkline()
  cell.append(sparkline)
  return sparkline
}

/** The elements of the name's cell: the text, and a button that shows the operations of the group. */
function nameParts(
  cell: HTMLElement,
  row: HTMLElement,
  open: (index: number) => void,
): readonly [HTMLElement, HTMLButtonElement] {
  if (cell.children.length === 0) {
    const text = document.createElement('span')
    const button = document.createElement('button')
    button.type = 'button'
    button.tabIndex = -1
    button.textContent = 'Show all'
    button.title = 'Show only these operations (Enter)'
    button.addEventListener('click', () => open(Number(row.dataset.index)))
    cell.append(text, button)
  }
  return [cell.firstElementChild as HTMLElement, cell.lastElementChild as HTMLButtonElement]
}

/** The trend of a group: its average duration over the shown range. */
function createSparkline(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'sparkline')
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(document.createElementNS(SVG, 'path'))
  return svg
}

function fillSparkline(svg: SVGSVGElement, totals: GroupTotals): void {
  const path = svg.firstElementChild as SVGPathElement
  const drawn = sparklinePath(totals)
  if (path.getAttribute('d') === drawn) return
  svg.setAttribute('viewBox', `0 0 ${totals.trendCounts.length - 1} ${HEIGHT}`)
  path.setAttribute('d', drawn)
}

/** A line through the steps that have operations. A single step is drawn as a short line. */
export function sparklinePath({ trendSums, trendCounts }: Pick<GroupTotals, 'trendSums' | 'trendCounts'>): string {
  const averages = Array.from(trendSums, (sum, step) => sum / (trendCounts[step] as number))
  const max = Math.max(...averages.filter(average => !Number.isNaN(average)), 1e-9)
  const points = averages.flatMap((average, step) =>
    Number.isNaN(average) ? [] : [{ x: step, y: HEIGHT - 1 - (average / max) * (HEIGHT - 2) }],
  )
  const [first] = points
  if (!first) return ''
  if (points.length === 1) return `M${first.x - 0.5} ${digits(first.y)}h1`
  return points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${digits(y)}`).join('')
}

function digits(value: number): string {
  return value.toFixed(1)
}
