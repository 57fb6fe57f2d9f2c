// Panel: where a tooltip stands that follows the pointer: beside it, on the side with more room.

/** The pointer's place in the panel, in CSS pixels. */
export interface PointerPlace {
  x: number
  y: number
}

export function placeBeside({ x, y }: PointerPlace) {
  const side = x > innerWidth / 2 ? { right: `${innerWidth - x + 12}px` } : { left: `${x + 12}px` }
  const height = y > innerHeight / 2 ? { bottom: `${innerHeight - y + 10}px` } : { top: `${y + 14}px` }
  return { ...side, ...height }
}
