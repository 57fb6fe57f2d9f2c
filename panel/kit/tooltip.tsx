// Panel: a tooltip beside the pointer, on the side with more space.
import type { ComponentChildren } from 'preact'

/** CSS pixels from the corner of the panel. */
export interface PointerPosition {
  x: number
  y: number
}

interface TooltipProps {
  at: PointerPosition
  class: string
  children: ComponentChildren
}

export function PointerTooltip({ at: { x, y }, children, ...props }: TooltipProps) {
  const horizontal = x > innerWidth / 2 ? { right: `${innerWidth - x + 12}px` } : { left: `${x + 12}px` }
  const vertical = y > innerHeight / 2 ? { bottom: `${innerHeight - y + 10}px` } : { top: `${y + 14}px` }
  return (
    <div class={`tooltip at-pointer ${props.class}`} style={{ ...horizontal, ...vertical }}>
      {children}
    </div>
  )
}
