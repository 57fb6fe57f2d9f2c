// Panel: a ring around the operation under the pointer. It lies over the canvas: the chart is not drawn anew for it.

export interface HoverRing {
  /** CSS pixels from the corner of the plot. */
  show(left: number, top: number): void
  hide(): void
}

export function createHoverRing(over: HTMLElement): HoverRing {
  const ring = document.createElement('div')
  ring.className = 'hover-ring'
  ring.hidden = true
  over.append(ring)
  return {
    show(left, top) {
      ring.hidden = false
      ring.style.left = `${left}px`
      ring.style.top = `${top}px`
    },
    hide() {
      // It is told in each frame, and a browser takes each time for a change.
      if (!ring.hidden) ring.hidden = true
    },
  }
}
