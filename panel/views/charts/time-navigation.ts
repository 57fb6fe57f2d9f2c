// Panel: what the wheel and the keys do to the span of time that is shown. Touches no DOM.
import type { TimeRange } from '../../app/stores/view-store.ts'

/** The least span of a zoom, in milliseconds. */
export const MIN_ZOOM = 0.5
/** How much of the span a key moves, and how much is left of it after a step inwards. */
const KEY_STEP = 0.15
const KEY_ZOOM = 0.7
/** Of a wheel, by pixel: a notch is 100 to 120 of them, and zooms by a fifth. */
const ZOOM_PER_PIXEL = 0.002
/** Pixels to a line and to a page, where a wheel tells those. */
const PIXELS = [1, 16, 400]

/** Zooms so that `center` (epoch milliseconds) stays where it is; null for all of it. */
export function zoomed({ from, to }: TimeRange, all: TimeRange, center: number, factor: number): TimeRange | null {
  const span = Math.max((to - from) * factor, MIN_ZOOM)
  if (span >= all.to - all.from) return null
  const share = to > from ? (center - from) / (to - from) : 0.5
  return within(center - share * span, span, all)
}

/** Moves by milliseconds, up to the ends; null where all is shown already. */
export function panned({ from, to }: TimeRange, all: TimeRange, by: number): TimeRange | null {
  return to - from >= all.to - all.from ? null : within(from + by, to - from, all)
}

type Wheel = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'shiftKey'>

/**
 * The wheel zooms around the pointer; sideways, or with Shift, it pans.
 * @param at the pointer's moment in epoch milliseconds
 * @param perPixel milliseconds to a CSS pixel
 */
export function wheeled(range: TimeRange, all: TimeRange, wheel: Wheel, at: number, perPixel: number) {
  const pixels = PIXELS[wheel.deltaMode] ?? 1
  const { deltaX, deltaY } = wheel
  if (wheel.shiftKey) return panned(range, all, (deltaX || deltaY) * pixels * perPixel)
  if (Math.abs(deltaX) > Math.abs(deltaY)) return panned(range, all, deltaX * pixels * perPixel)
  return zoomed(range, all, at, Math.exp(deltaY * pixels * ZOOM_PER_PIXEL))
}

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** Undefined where the key means nothing here. */
export function keyed(range: TimeRange, all: TimeRange, { key, altKey, ctrlKey, metaKey }: Key) {
  if (altKey || ctrlKey || metaKey) return undefined
  const span = range.to - range.from
  const middle = range.from + span / 2
  switch (key) {
    case 'ArrowLeft':
      return panned(range, all, -span * KEY_STEP)
    case 'ArrowRight':
      return panned(range, all, span * KEY_STEP)
    case 'Home':
      return panned(range, all, all.from - range.from)
    case 'End':
      return panned(range, all, all.to - range.to)
    case '+':
    case '=':
    case 'ArrowUp':
      return zoomed(range, all, middle, KEY_ZOOM)
    case '-':
    case 'ArrowDown':
      return zoomed(range, all, middle, 1 / KEY_ZOOM)
    case '0':
    case 'Escape':
      return null
    default:
      return undefined
  }
}

function within(from: number, span: number, all: TimeRange): TimeRange {
  const start = Math.max(all.from, Math.min(from, all.to - span))
  return { from: start, to: start + span }
}
