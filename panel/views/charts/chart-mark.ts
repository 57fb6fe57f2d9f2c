// Panel: a mark in a chart. It is an element above the canvas, so that hovering and selecting redraw nothing.

export interface ChartMark {
  /** CSS pixels from the corner of the plot. */
  show(place: { left: number; top: number; width?: number }): void
  hide(): void
}

export function createChartMark(over: HTMLElement, className: string): ChartMark {
  const mark = document.createElement('div')
  mark.className = className
  mark.hidden = true
  over.append(mark)
  return {
    show({ left, top, width }) {
      mark.hidden = false
      mark.style.left = `${left}px`
      mark.style.top = `${top}px`
      if (width !== undefined) mark.style.width = `${width}px`
    },
    hide() {
      // Called in every frame: setting the attribute again would count as a change.
      if (!mark.hidden) mark.hidden = true
    },
  }
}
