// Panel: the edge between the list and the details, which resizes the details by pointer and keyboard.
import { useRef } from 'preact/hooks'
import { usePanel } from '../../app/panel-context.ts'

/** The share of the details, so that both stay visible, and how far a key press moves the edge. */
const MIN_SHARE = 0.15
const MAX_SHARE = 0.85
const KEY_STEP = 0.05

export function DetailsEdge() {
  const { detailsShare } = usePanel().tables
  const edge = useRef<HTMLDivElement>(null)
  const share = detailsShare.value

  const set = (wanted: number): void => {
    detailsShare.value = Math.min(MAX_SHARE, Math.max(MIN_SHARE, wanted))
  }
  /** The share that the details have when their edge is at this position in the window. */
  const shareAt = (x: number, y: number): number => {
    const split = edge.current?.closest('.split')
    if (!split) return MIN_SHARE
    const { right, bottom, width, height } = split.getBoundingClientRect()
    return getComputedStyle(split).flexDirection === 'column' ? (bottom - y) / height : (right - x) / width
  }
  const measure = (): number => {
    const { left = 0, top = 0 } = edge.current?.parentElement?.getBoundingClientRect() ?? {}
    return shareAt(left, top)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: KEY_STEP, ArrowUp: KEY_STEP, ArrowRight: -KEY_STEP, ArrowDown: -KEY_STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    set(measure() + step)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot take the focus
    <div
      ref={edge}
      class="details-edge"
      role="separator"
      aria-label="Resize details"
      aria-valuenow={Math.round((share ?? MIN_SHARE) * 100)}
      aria-valuemin={MIN_SHARE * 100}
      aria-valuemax={MAX_SHARE * 100}
      tabIndex={0}
      title="Drag to resize, double-click to reset"
      onFocus={() => set(measure())}
      onKeyDown={onKeyDown}
      onDblClick={() => {
        detailsShare.value = null
      }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={event => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(shareAt(event.clientX, event.clientY))
      }}
    />
  )
}
