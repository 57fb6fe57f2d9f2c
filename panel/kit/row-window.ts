// Panel: a long list of rows of equal height, of which only those in view exist. The rows are reused elements that are
// filled directly, so scrolling costs no virtual DOM.

/** CSS pixels, as in DevTools' own tables. The style sheet has the same value. */
export const ROW_HEIGHT = 21
/** Rows that exist beyond each edge of the view. */
const OVERSCAN = 6

/** CSS pixels. Browsers limit the height of an element, Chromium to 33 million. */
export const MAX_HEIGHT = 30_000_000

export interface RowWindowParts {
  scroller: HTMLElement
  /** Stays in view above the rows. */
  head: HTMLElement
  /** Contains the rows, and is as high as all of them would be. */
  body: HTMLElement
  createRow(): HTMLElement
  /** Shows an item in a row. */
  fillRow(row: HTMLElement, index: number): void
  /** Called when the user scrolls, not when `update` does. */
  onScroll(atEnd: boolean): void
}

export interface RowWindow {
  /**
   * Renders a list of `count` items, whose contents may have changed.
   * @param show the item to scroll to, if it is not in view.
   */
  update(count: number, show?: number | 'end'): void
  /** How many rows are fully in view. */
  readonly pageSize: number
  stop(): void
}

export function createRowWindow(parts: RowWindowParts): RowWindow {
  const { scroller, head, body } = parts
  const rows: HTMLElement[] = []
  let count = 0
  let stretch: ScrollStretch = { height: 0, factor: 1 }

  const viewHeight = (): number => scroller.clientHeight - head.offsetHeight
  /** Where the list was scrolled to when it was last rendered. */
  let renderedAt = Number.NaN
  const render = (): void => {
    renderedAt = scroller.scrollTop
    // In a stretched list the body scrolls more slowly than the rows: move the rows ahead of it.
    const ahead = renderedAt * (stretch.factor - 1)
    const from = (renderedAt + ahead) / ROW_HEIGHT
    const first = Math.max(0, Math.floor(from) - OVERSCAN)
    const end = Math.min(count, Math.ceil(from + viewHeight() / ROW_HEIGHT) + OVERSCAN)
    while (rows.length < end - first) rows.push(parts.createRow())
    for (const [slot, row] of rows.entries()) {
      // An item keeps its element while it is in view, so that the element under the pointer stays the same.
      const index = first + ((((slot - first) % rows.length) + rows.length) % rows.length)
      if (index >= end) {
        row.remove()
        continue
      }
      if (!row.isConnected) body.append(row)
      row.style.transform = `translateY(${index * ROW_HEIGHT - ahead}px)`
      parts.fillRow(row, index)
    }
  }
  let top = 0
  const scrollTo = (to: number): void => {
    scroller.scrollTop = to
    // The browser clamps and rounds it.
    top = scroller.scrollTop
  }
  const onScroll = (): void => {
    const atEnd = isAtEnd(scroller)
    // The event comes late: the list may have grown since `update` scrolled to its end, and is then no longer there.
    if (scroller.scrollTop < top || (atEnd && scroller.scrollTop > top)) parts.onScroll(atEnd)
    top = scroller.scrollTop
    // After `update` has scrolled, all is in its place already.
    if (top !== renderedAt) render()
  }
  const reveal = (index: number): void => {
    const from = (index * ROW_HEIGHT) / stretch.factor
    const to = (index * ROW_HEIGHT + ROW_HEIGHT - viewHeight()) / stretch.factor
    if (from < scroller.scrollTop) scrollTo(from)
    else if (to > scroller.scrollTop) scrollTo(to)
  }
  const update = (length: number, show?: number | 'end'): void => {
    count = length
    stretch = scrollStretch(count * ROW_HEIGHT, viewHeight())
    body.style.height = `${stretch.height}px`
    // Before the rows are filled: scrolling needs the layout, which they would have to be part of.
    if (show === 'end') scrollTo(scroller.scrollHeight)
    else if (show !== undefined) reveal(show)
    render()
  }
  const resizing = new ResizeObserver(() => update(count))
  resizing.observe(scroller)
  scroller.addEventListener('scroll', onScroll, { passive: true })

  return {
    update,
    get pageSize() {
      return Math.max(1, Math.floor(viewHeight() / ROW_HEIGHT) - 1)
    },
    stop() {
      scroller.removeEventListener('scroll', onScroll)
      resizing.disconnect()
      for (const row of rows) row.remove()
    },
  }
}

function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < ROW_HEIGHT
}

interface ScrollStretch {
  /** Height of the body in CSS pixels. */
  height: number
  /** How many pixels of the list scroll by for each pixel of the body: 1 except in the longest lists. */
  factor: number
}

/**
 * Stretches a list that is higher than an element can be, so that scrolling still reaches both ends of it.
 * @param total the height of all rows in CSS pixels
 * @param view the height of the rows in view
 */
export function scrollStretch(total: number, view: number, maxHeight = MAX_HEIGHT): ScrollStretch {
  const height = Math.min(total, maxHeight)
  return { height, factor: height > view ? (total - view) / (height - view) : 1 }
}
