// Panel: the edge of a part of the tab, which resizes it by pointer and keyboard.
import { type Signal, useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'

/** The least and the largest share, so that what is on either side of the edge stays visible. */
const MIN_SHARE = 0.15
const MAX_SHARE = 0.85
/** By which share a key press moves the edge. */
const KEY_STEP = 0.05

interface Props {
  label: string
  class: string
  /** The share of the room that the part takes, 0 to 1; null by default. */
  share: Signal<number | null>
  /** Whether the part is to the left of its edge or above it, and not to the right or below. */
  isBefore?: true
  /** The share that the part has when its edge is at this position in the window. */
  shareAt(edge: HTMLElement, x: number, y: number): number
}

export function Edge({ label, share, isBefore, shareAt, ...props }: Props) {
  const edge = useRef<HTMLDivElement>(null)
  /** The share when the edge got the focus, for screen readers: by default the layout decides, and no share is set. */
  const measured = useSignal(MIN_SHARE)

  const set = (wanted: number): void => {
    share.value = Math.min(MAX_SHARE, Math.max(MIN_SHARE, wanted))
  }
  const at = (x: number, y: number): number => (edge.current ? shareAt(edge.current, x, y) : MIN_SHARE)
  const measure = (): number => {
    const { left = 0, top = 0, right = 0, bottom = 0 } = edge.current?.parentElement?.getBoundingClientRect() ?? {}
    return isBefore ? at(right, bottom) : at(left, top)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -KEY_STEP, ArrowUp: -KEY_STEP, ArrowRight: KEY_STEP, ArrowDown: KEY_STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    // What the layout shows may be from before the key press that came just before this one.
    set((share.value ?? measure()) + (isBefore ? step : -step))
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot take the focus
    <div
      ref={edge}
      class={props.class}
      role="separator"
      aria-label={label}
      aria-valuenow={Math.round((share.value ?? measured.value) * 100)}
      aria-valuemin={MIN_SHARE * 100}
      aria-valuemax={MAX_SHARE * 100}
      tabIndex={0}
      title="Drag to resize, double-click to reset"
      onFocus={() => {
        measured.value = measure()
      }}
      onKeyDown={onKeyDown}
      onDblClick={() => {
        share.value = null
      }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={event => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(at(event.clientX, event.clientY))
      }}
    />
  )
}
