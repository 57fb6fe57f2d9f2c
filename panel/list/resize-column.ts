// Panel: the edge between two titles, by which a column is made wider or narrower. The first column takes the rest.

/** CSS pixels. */
const LEAST_WIDTH = 40

/** The handle at a column's left edge. The width is the grid's property `--width-KEY`. */
export function resizeColumn(grid: HTMLElement, key: string): HTMLElement {
  const handle = document.createElement('span')
  handle.className = 'resizer'
  const property = `--width-${key}`
  let drag: { x: number; width: number } | undefined
  handle.addEventListener('pointerdown', event => {
    drag = { x: event.clientX, width: Number.parseFloat(grid.style.getPropertyValue(property)) }
    handle.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  handle.addEventListener('pointermove', event => {
    if (!drag) return
    const width = Math.max(LEAST_WIDTH, drag.width + drag.x - event.clientX)
    grid.style.setProperty(property, `${width}px`)
  })
  handle.addEventListener('lostpointercapture', () => {
    drag = undefined
  })
  return handle
}
