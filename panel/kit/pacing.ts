// Panel: what is asked for often, done at most so often.
import { effect, type ReadonlySignal, signal } from '@preact/signals'

export interface PacedCall {
  /** Calls at once if the last call was long enough ago, else when it is. */
  request(): void
  stop(): void
}

/** @param interval milliseconds between two calls. */
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

/** @param interval milliseconds between two values; the latest one is always reached. */
export function createPacedSignal<T>(source: ReadonlySignal<T>, interval: number): PacedSignal<T> {
  const paced = signal(source.peek())
  const following = createPacedCall(() => {
    paced.value = source.peek()
  }, interval)
  const stopListening = effect(() => {
    source.value
    following.request()
  })
  return {
    paced,
    stop() {
      stopListening()
      following.stop()
    },
  }
}

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
