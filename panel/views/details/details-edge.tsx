// Panel: the edge between the list and the details, by which these are made larger or smaller.
import { useRef } from 'preact/hooks'
import { usePanel } from '../../app/panel-context.ts'

/** Shares of the room for both: within these each has some. */
const LEAST = 0.15
const MOST = 0.85
const KEY_STEP = 0.05

export function DetailsEdge() {
  const { detailsShare } = usePanel().tables
  const edge = useRef<HTMLDivElement>(null)
  const share = detailsShare.value

  const set = (wanted: number): void => {
    detailsShare.value = Math.min(MOST, Math.max(LEAST, wanted))
  }
  /** What the details have of the room, if their edge is at this place in the window. */
  const shareAt = (x: number, y: number): number => {
    const split = edge.current?.closest('.split')
    if (!split) return LEAST
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
    // biome-ignore lint/a11y/useSemanticElements: an <hr> only separates; one that takes the focus and moves is a role
    <div
      ref={edge}
      class="details-edge"
      role="separator"
      aria-label="Size of the details"
      aria-valuenow={Math.round((share ?? LEAST) * 100)}
      aria-valuemin={LEAST * 100}
      aria-valuemax={MOST * 100}
      tabIndex={0}
      title="Drag to resize; double-click to reset"
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
