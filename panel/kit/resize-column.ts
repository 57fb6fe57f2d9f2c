// Panel: the edge between two titles, by which a column is made wider or narrower. The first column takes the rest.

/** CSS pixels. */
const MIN_WIDTH = 40
const KEY_STEP = 10

/** The width is the grid's property `--width-KEY`. */
function widthOf(grid: HTMLElement, key: string): number {
  return Number.parseFloat(grid.style.getPropertyValue(`--width-${key}`))
}

function setWidth(grid: HTMLElement, key: string, width: number): void {
  grid.style.setProperty(`--width-${key}`, `${Math.max(MIN_WIDTH, width)}px`)
}

/** The handle at a column's left edge. */
export function resizeColumn(grid: HTMLElement, key: string): HTMLElement {
  const handle = document.createElement('span')
  handle.className = 'resizer'
  let drag: { x: number; width: number } | undefined
  handle.addEventListener('pointerdown', event => {
    drag = { x: event.clientX, width: widthOf(grid, key) }
    handle.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  handle.addEventListener('pointermove', event => {
    if (drag) setWidth(grid, key, drag.width + drag.x - event.clientX)
  })
  handle.addEventListener('lostpointercapture', () => {
    drag = undefined
  })
  return handle
}

/** Shift and an arrow on a column's title move the same edge. */
export function resizeByKeys(title: HTMLElement, grid: HTMLElement, key: string): void {
  title.addEventListener('keydown', event => {
    const wider = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key]
    if (wider === undefined || !event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    setWidth(grid, key, widthOf(grid, key) + wider)
  })
}
