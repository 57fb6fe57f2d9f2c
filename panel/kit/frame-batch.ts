// Panel: many changes, one call in the next animation frame.

export interface FrameBatch {
  /** Asks for a call in the next frame. */
  request(): void
  stop(): void
}

export function createFrameBatch(call: () => void): FrameBatch {
  let frame: number | undefined
  return {
    request() {
      frame ??= requestAnimationFrame(() => {
        frame = undefined
        call()
      })
    },
    stop() {
      if (frame !== undefined) cancelAnimationFrame(frame)
      frame = undefined
    },
  }
}
