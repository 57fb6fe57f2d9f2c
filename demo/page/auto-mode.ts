// World: the demo page. Drives itself: an endless, bounded, life-like mix of operations.

import type { Action } from './action.ts'
import { createMix } from './auto-mix.ts'
import type { Log } from './log.ts'
import { createMemoryWave } from './memory-wave.ts'
import { createRandom } from './random.ts'

/** Chosen so that the first ten seconds hold every kind of action. */
const SEED = 95
/** The mix makes about 1.6 operations a step, so this makes about 8 a second. */
const MEAN_STEP_MS = 200
/** A stalled server must not pile up operations without end. */
const MAX_IN_FLIGHT = 40

export interface AutoMode {
  start(): void
  stop(): void
  toggle(): void
  /** Returns its undo. */
  onChange(listener: (running: boolean) => void): () => void
}

export function createAutoMode(actions: Readonly<Record<string, Action>>, log: Log): AutoMode {
  const random = createRandom(SEED)
  const nextActions = createMix(actions, random)
  const wave = createMemoryWave()
  const listeners = new Set<(running: boolean) => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let inFlight = 0

  async function run(action: Action): Promise<void> {
    inFlight += 1
    const { text, tone } = await action()
    inFlight -= 1
    log(text, tone)
  }

  function step(): void {
    timer = setTimeout(step, MEAN_STEP_MS * (0.4 + 1.2 * random()))
    wave.step(performance.now())
    for (const action of nextActions()) if (inFlight < MAX_IN_FLIGHT) void run(action)
  }

  function tell(running: boolean): void {
    log(running ? 'Driving itself' : 'No longer driving itself', 'note')
    for (const listener of listeners) listener(running)
  }

  const mode: AutoMode = {
    start() {
      if (timer !== undefined) return
      tell(true)
      step()
    },
    stop() {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = undefined
      wave.stop()
      tell(false)
    },
    toggle: () => (timer === undefined ? mode.start() : mode.stop()),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return mode
}
