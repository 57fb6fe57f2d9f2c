// Panel: a signal that follows another, at most so often.
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { createPacedCall } from './paced-call.ts'

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
