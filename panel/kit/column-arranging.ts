// Panel: moves and resizes the columns of a table by pointer and by keyboard.
import type { MenuPlace } from './context-menu.ts'

/** The least width of a column: CSS pixels. */
export const MIN_WIDTH = 40
/** By how many CSS pixels a key press resizes a column. */
const KEY_STEP = 10

/** What a table needs to let the user arrange its columns. */
export interface ColumnArranging {
  move(key: string, to: string): void
  resize(key: string, width: number): void
  /** Opens the menu of the column with this key. */
  openMenu(key: string, place: MenuPlace): void
}

/** A column's width is stored in the grid's custom property `--width-KEY`. */
function widthOf(grid: HTMLElement, key: string): number {
  return Number.parseFloat(grid.style.getPropertyValue(`--width-${key}`))
}

function setWidth(grid: HTMLElement, key: string, width: number, arranging: ColumnArranging | undefined): void {
  const set = Math.max(MIN_WIDTH, width)
  grid.style.setProperty(`--width-${key}`, `${set}px`)
  arranging?.resize(key, set)
}

/** The handle at the left edge of a column. The first column takes the remaining width. */
export function resizeColumn(grid: HTMLElement, key: string, arranging: ColumnArranging | undefined): HTMLElement {
  const handle = document.createElement('span')
  handle.className = 'resizer'
  let drag: { x: number; width: number } | undefined
  handle.addEventListener('pointerdown', event => {
    drag = { x: event.clientX, width: widthOf(grid, key) }
    handle.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  handle.addEventListener('pointermove', event => {
    if (drag) setWidth(grid, key, drag.width + drag.x - event.clientX, arranging)
  })
  handle.addEventListener('lostpointercapture', () => {
    drag = undefined
  })
  return handle
}

/** Shift and an arrow key on a title move the same edge. */
export function resizeByKeys(
  title: HTMLElement,
  grid: HTMLElement,
  key: string,
  arranging: ColumnArranging | undefined,
): void {
  title.addEventListener('keydown', event => {
    const change = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key]
    if (change === undefined || !event.shiftKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    setWidth(grid, key, widthOf(grid, key) + change, arranging)
  })
}

/** Control (or Command) and an arrow key on a title move its column. */
export function moveByKeys(titles: HTMLElement, arranging: ColumnArranging): void {
  titles.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const cell = (event.target as Element).closest<HTMLElement>('[data-column]')
    if (step === undefined || !cell || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    const neighbour = (step < 0 ? cell.previousElementSibling : cell.nextElementSibling) as HTMLElement | null
    const [key, to] = [cell.dataset.column, neighbour?.dataset.column]
    if (key !== undefined && to !== undefined) arranging.move(key, to)
  })
}

/** CSS pixels that a pointer has to move before a press on a title is a drag instead of a click. */
const DRAG_START = 6

/** A title that is dragged onto another one takes its place. */
export function moveByDragging(cell: HTMLElement, key: string, arranging: ColumnArranging): void {
  let from: number | undefined
  let isDragged = false
  const target = ({ clientX }: PointerEvent): HTMLElement | undefined => {
    const cells = [...(cell.parentElement?.children ?? [])] as HTMLElement[]
    return cells.find(each => {
      const { left, right } = each.getBoundingClientRect()
      return clientX >= left && clientX < right
    })
  }
  const mark = (over: HTMLElement | undefined): void => {
    for (const each of cell.parentElement?.children ?? []) each.classList.toggle('drop', each === over && each !== cell)
  }
  cell.addEventListener('pointerdown', event => {
    isDragged = false
    if (event.button === 0 && !(event.target as Element).closest('.resizer')) from = event.clientX
  })
  cell.addEventListener('pointermove', event => {
    // The button may have been released elsewhere before the drag began.
    if (event.buttons === 0) from = undefined
    if (from === undefined) return
    if (!isDragged && Math.abs(event.clientX - from) < DRAG_START) return
    if (!isDragged) cell.setPointerCapture(event.pointerId)
    isDragged = true
    mark(target(event))
  })
  cell.addEventListener('pointerup', event => {
    const to = isDragged ? target(event)?.dataset.column : undefined
    from = undefined
    mark(undefined)
    if (to !== undefined) arranging.move(key, to)
  })
  cell.addEventListener('pointercancel', () => {
    from = undefined
    isDragged = false
    mark(undefined)
  })
  cell.addEventListener(
    'click',
    event => {
      if (isDragged) event.stopPropagation()
      isDragged = false
    },
    { capture: true },
  )
}
