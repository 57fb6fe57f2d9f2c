// Panel: a graph of how many operations ran concurrently, above the timeline. Dragging over it zooms, as in the charts.

import type { Concurrency } from '../../../model/analysis/concurrency.ts'
import type { ViewStore } from '../../app/stores/view-store.ts'
import { rangeAfterWheel } from '../charts/time-navigation.ts'

/** A shorter drag counts as a click: CSS pixels. */
const MIN_DRAG = 4

export interface ConcurrencyGraph {
  draw(graph: Concurrency, color: string): void
  stop(): void
}

export function createConcurrencyGraph(host: HTMLElement, view: ViewStore): ConcurrencyGraph {
  const canvas = document.createElement('canvas')
  const band = document.createElement('div')
  band.className = 'band'
  band.hidden = true
  host.append(canvas, band)
  const stopZooming = zoomByPointer(host, band, view)
  return {
    draw({ from, to, peaks, max }, color) {
      const { clientWidth: width, clientHeight: height } = host
      canvas.width = Math.round(width * devicePixelRatio)
      canvas.height = Math.round(height * devicePixelRatio)
      const context = canvas.getContext('2d')
      if (!context || max === 0) return
      const range = view.range.peek()
      const perPixel = (range.to - range.from) / canvas.width
      const step = (to - from) / peaks.length
      context.fillStyle = color
      for (const [i, peak] of peaks.entries()) {
        const left = Math.floor((from + i * step - range.from) / perPixel)
        const right = Math.ceil((from + (i + 1) * step - range.from) / perPixel)
        const tall = Math.ceil((peak / max) * (canvas.height - 2))
        context.fillRect(left, canvas.height - tall, Math.max(1, right - left), tall)
      }
    },
    stop() {
      stopZooming()
      canvas.remove()
      band.remove()
    },
  }
}

function zoomByPointer(host: HTMLElement, band: HTMLElement, view: ViewStore): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  let start: number | undefined
  const x = (event: MouseEvent): number => event.clientX - host.getBoundingClientRect().left
  const momentAt = (pixels: number): number => {
    const { from, to } = view.range.peek()
    return from + (pixels / Math.max(host.clientWidth, 1)) * (to - from)
  }
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    start = x(event)
    host.setPointerCapture(event.pointerId)
  }
  const onMove = (event: PointerEvent): void => {
    view.pointer.value = x(event) / Math.max(host.clientWidth, 1)
    if (start === undefined) return
    band.hidden = false
    band.style.left = `${Math.min(start, x(event))}px`
    band.style.width = `${Math.abs(x(event) - start)}px`
  }
  const cancel = (): void => {
    band.hidden = true
    start = undefined
  }
  const onUp = (event: PointerEvent): void => {
    // The button was pressed elsewhere.
    if (start === undefined) return
    const [a, b] = [start, x(event)]
    cancel()
    if (Math.abs(a - b) >= MIN_DRAG) view.zoom.value = { from: momentAt(Math.min(a, b)), to: momentAt(Math.max(a, b)) }
  }
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const range = view.range.peek()
    const perPixel = (range.to - range.from) / Math.max(host.clientWidth, 1)
    view.zoom.value = rangeAfterWheel(range, view.bounds.peek(), event, momentAt(x(event)), perPixel)
  }
  host.addEventListener('pointerdown', onDown, { signal })
  host.addEventListener('pointermove', onMove, { signal })
  host.addEventListener('pointerup', onUp, { signal })
  host.addEventListener('pointercancel', cancel, { signal })
  host.addEventListener('pointerleave', () => (view.pointer.value = null), { signal })
  host.addEventListener('dblclick', () => (view.zoom.value = null), { signal })
  host.addEventListener('wheel', onWheel, { signal, passive: false })
  return () => stopping.abort()
}
