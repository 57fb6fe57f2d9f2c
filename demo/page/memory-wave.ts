// World: the demo page. The self-driving mode's memory: a sawtooth, so that the chart has a shape.

import { freeAll, grow } from './heap-load.ts'
import { perfWindow } from './perf-window.ts'

const GROW_EVERY_MS = 600
const GROWTH_MB = 2
const STEPS_PER_WAVE = 10

export interface MemoryWave {
  /** Call often; it acts when its time has come. `now` is in milliseconds. */
  step(now: number): void
  stop(): void
}

export function createMemoryWave(): MemoryWave {
  let steps = 0
  let last = Number.NEGATIVE_INFINITY
  return {
    step(now) {
      if (now - last < GROW_EVERY_MS) return
      last = now
      steps = (steps + 1) % STEPS_PER_WAVE
      if (steps > 0) {
        grow(GROWTH_MB)
        return
      }
      perfWindow.MemoryMonitor?.getInstance().takeSnapshot('peak')
      freeAll()
    },
    stop() {
      steps = 0
      freeAll()
    },
  }
}
