// Panel: a long list of rows of one height, of which only those in view exist. The rows are recycled elements,
// filled by hand: a scroll step costs no virtual DOM.

/** CSS pixels, as in DevTools' own grids; the style sheet has it too. */
export const ROW_HEIGHT = 21
/** Rows kept beyond each edge of the view. */
const OVERSCAN = 6

export interface RowWindowParts {
  scroller: HTMLElement
  /** Stays in view, over the rows. */
  head: HTMLElement
  /** Holds the rows, and is as high as all of them. */
  body: HTMLElement
  createRow(): HTMLElement
  /** Shows the list's item `index` in a row. */
  fillRow(row: HTMLElement, index: number): void
  /** The user scrolled: what the view is scrolled to by its owner is not told. */
  onScroll(atEnd: boolean): void
}

export interface RowWindow {
  /** Shows a list of `count` items, whose contents may have changed. */
  update(count: number): void
  scrollToEnd(): void
  /** Brings an item into view, if it is not. */
  scrollTo(index: number): void
  /** Whole rows in view. */
  readonly pageSize: number
  stop(): void
}

export function createRowWindow(parts: RowWindowParts): RowWindow {
  const { scroller, head, body } = parts
  const rows: HTMLElement[] = []
  let count = 0

  let stretch: ScrollStretch = { height: 0, factor: 1 }

  const viewHeight = (): number => scroller.clientHeight - head.offsetHeight
  const render = (): void => {
    // Rows stand still in the body, which moves by less than they do where the list is stretched.
    const ahead = scroller.scrollTop * (stretch.factor - 1)
    const from = (scroller.scrollTop + ahead) / ROW_HEIGHT
    const first = Math.max(0, Math.floor(from) - OVERSCAN)
    const end = Math.min(count, Math.ceil(from + viewHeight() / ROW_HEIGHT) + OVERSCAN)
    while (rows.length < end - first) rows.push(parts.createRow())
    for (const [slot, row] of rows.entries()) {
      // An item keeps its element while it is in view: what the pointer is on does not become another.
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
    // As the browser bounded and rounded it.
    top = scroller.scrollTop
  }
  const onScroll = (): void => {
    const atEnd = isAtEnd(scroller)
    // The event comes later: by then the list may have grown below the end that it was scrolled to.
    if (scroller.scrollTop < top || (atEnd && scroller.scrollTop > top)) parts.onScroll(atEnd)
    top = scroller.scrollTop
    render()
  }
  const update = (length: number): void => {
    count = length
    stretch = scrollStretch(count * ROW_HEIGHT, viewHeight())
    body.style.height = `${stretch.height}px`
    render()
  }
  const resizing = new ResizeObserver(() => update(count))
  resizing.observe(scroller)
  scroller.addEventListener('scroll', onScroll, { passive: true })

  return {
    update,
    scrollToEnd() {
      scrollTo(scroller.scrollHeight)
    },
    scrollTo(index) {
      const from = (index * ROW_HEIGHT) / stretch.factor
      const to = (index * ROW_HEIGHT + ROW_HEIGHT - viewHeight()) / stretch.factor
      if (from < scroller.scrollTop) scrollTo(from)
      else if (to > scroller.scrollTop) scrollTo(to)
    },
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

/** CSS pixels: browsers make no element higher than some 33 million. */
export const MAX_HEIGHT = 30_000_000

export interface ScrollStretch {
  /** Of the element that stands for all rows: CSS pixels. */
  height: number
  /** Pixels of the list that go by with one that is scrolled: 1 for all but the longest lists. */
  factor: number
}

/**
 * Both ends of the list stand where scrolling ends.
 * @param total the height of all rows, `view` of those that are seen at once: CSS pixels
 */
export function scrollStretch(total: number, view: number, most = MAX_HEIGHT): ScrollStretch {
  const height = Math.min(total, most)
  return { height, factor: height > view ? (total - view) / (height - view) : 1 }
}
