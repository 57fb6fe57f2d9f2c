// Panel: how the wheel and keys change the range of time that is shown.
import type { TimeRange } from '../../app/stores/view-store.ts'

/** The shortest range in milliseconds. */
export const MIN_ZOOM = 0.5
/** How far a key pans, and what remains of the range when it zooms in, as shares of the range. */
const KEY_STEP = 0.15
const KEY_ZOOM = 0.7
/** A notch of a wheel has 100 to 120 pixels, and zooms by about a fifth. */
const ZOOM_PER_PIXEL = 0.002
/** Pixels in each `WheelEvent.deltaMode`: pixel, line and page. */
const PIXELS = [1, 16, 400]

/** Zooms around `center` in epoch milliseconds. Null for the whole session, as in all of these functions. */
export function zoomRange({ from, to }: TimeRange, all: TimeRange, center: number, factor: number): TimeRange | null {
  const span = Math.max((to - from) * factor, MIN_ZOOM)
  if (span >= all.to - all.from) return null
  const share = to > from ? (center - from) / (to - from) : 0.5
  return within(center - share * span, span, all)
}

/** Moves by milliseconds, but not beyond the ends of the session. */
export function panRange({ from, to }: TimeRange, all: TimeRange, by: number): TimeRange | null {
  return to - from >= all.to - all.from ? null : within(from + by, to - from, all)
}

type Wheel = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'shiftKey'>

/**
 * The wheel zooms around the pointer. Horizontally, or with Shift, it pans.
 * @param at the time under the pointer in epoch milliseconds
 * @param perPixel milliseconds per CSS pixel
 */
export function rangeAfterWheel(range: TimeRange, all: TimeRange, wheel: Wheel, at: number, perPixel: number) {
  const pixels = PIXELS[wheel.deltaMode] ?? 1
  const { deltaX, deltaY } = wheel
  if (wheel.shiftKey) return panRange(range, all, (deltaX || deltaY) * pixels * perPixel)
  if (Math.abs(deltaX) > Math.abs(deltaY)) return panRange(range, all, deltaX * pixels * perPixel)
  return zoomRange(range, all, at, Math.exp(deltaY * pixels * ZOOM_PER_PIXEL))
}

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** Undefined if the key does nothing. */
export function rangeAfterKey(range: TimeRange, all: TimeRange, { key, altKey, ctrlKey, metaKey }: Key) {
  if (altKey || ctrlKey || metaKey) return undefined
  const span = range.to - range.from
  const middle = range.from + span / 2
  switch (key) {
    case 'ArrowLeft':
      return panRange(range, all, -span * KEY_STEP)
    case 'ArrowRight':
      return panRange(range, all, span * KEY_STEP)
    case 'Home':
      return panRange(range, all, all.from - range.from)
    case 'End':
      return panRange(range, all, all.to - range.to)
    case '+':
    case '=':
    case 'ArrowUp':
      return zoomRange(range, all, middle, KEY_ZOOM)
    case '-':
    case 'ArrowDown':
      return zoomRange(range, all, middle, 1 / KEY_ZOOM)
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
