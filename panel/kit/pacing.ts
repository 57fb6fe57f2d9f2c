// Panel: limits how often something happens: a call, the changes of a signal, a drawing.
import { effect, type ReadonlySignal, signal } from '@preact/signals'

export interface PacedCall {
  /** Calls immediately if the interval since the last call is over, or else as soon as it is. */
  request(): void
  stop(): void
}

/** @param interval milliseconds between two calls */
export function createPacedCall(call: () => void, interval: number): PacedCall {
  let last = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = (): void => {
    timer = undefined
    last = performance.now()
    call()
  }
  return {
    request() {
      if (timer !== undefined) return
      const wait = last + interval - performance.now()
      if (wait <= 0) run()
      else timer = setTimeout(run, wait)
    },
    stop: () => clearTimeout(timer),
  }
}

export interface PacedSignal<T> {
  paced: ReadonlySignal<T>
  stop(): void
}

/**
 * Follows another signal, skipping values that come too quickly. It always ends up at the latest one.
 * @param interval milliseconds between two values
 */
export function createPacedSignal<T>(source: ReadonlySignal<T>, interval: number): PacedSignal<T> {
  const paced = signal(source.peek())
  const follow = createPacedCall(() => {
    paced.value = source.peek()
  }, interval)
  const stopListening = effect(() => {
    source.value
    follow.request()
  })
  return {
    paced,
    stop() {
      stopListening()
      follow.stop()
    },
  }
}

export interface FrameBatch {
  /** Calls once in the next animation frame, however often it is requested. */
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
