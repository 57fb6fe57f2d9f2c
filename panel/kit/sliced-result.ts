// Panel: long computations in slices, so that the tab stays responsive; and results that are computed that way again
// whenever their inputs change or the session grows.
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'

/** Milliseconds of work at a time: well below the 16 ms of a frame. */
export const SLICE = 8

/**
 * The share of its time that the panel spends on new results while a session grows. With a million operations a pass
 * takes about 50 ms of work, so a result is at most half a second old.
 */
const MAX_SHARE = 0.1

/**
 * Milliseconds that the inputs must stay the same before a pass that takes longer than a slice starts. While the user
 * drags or types, its work would be thrown away. A pass that takes longer than this waits for as long as it takes, up to
 * MAX_QUIET_TIME: on a slow machine, changes come more slowly too.
 */
const QUIET_TIME = 120
const MAX_QUIET_TIME = 500

export interface SlicedResult<T> {
  /** The latest complete result. */
  result: ReadonlySignal<T>
  /** The result is still the one for earlier inputs; the new one is being computed. */
  working: ReadonlySignal<boolean>
  stop(): void
}

export interface SlicedWork<Inputs, T> {
  /** When a signal that is read here changes, unfinished work is thrown away and starts again. */
  inputs(): Inputs
  /** When it changes, unfinished work is completed before it starts again. */
  version: ReadonlySignal<number>
  /** Yields at least every few hundred microseconds: there the work can pause. */
  work(inputs: Inputs): Generator<void, T>
  /** The result until the first pass is complete. */
  initial: T
}

/** Work that fits into one slice is done synchronously, so small sessions show no delay. */
export function createSlicedResult<Inputs, T>(parts: SlicedWork<Inputs, T>): SlicedResult<T> {
  const result = signal(parts.initial)
  const working = signal(false)
  let run = 0
  let running = false
  let stale = false
  let notBefore = 0
  /** Milliseconds of work in the last complete pass. */
  let cost = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const start = async (inputs: Inputs): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const ownRun = ++run
    running = true
    stale = false
    const steps = parts.work(inputs)
    let spent = 0
    for (;;) {
      const sliceStart = performance.now()
      let step = steps.next()
      while (!step.done && performance.now() - sliceStart < SLICE) step = steps.next()
      spent += performance.now() - sliceStart
      if (step.done) {
        result.value = step.value
        break
      }
      await nextTask()
      if (ownRun !== run) return
    }
    running = false
    working.value = false
    cost = spent
    notBefore = performance.now() + spent * (1 / MAX_SHARE - 1)
    if (stale) later(inputs)
  }

  const later = (inputs: Inputs): void => {
    const wait = notBefore - performance.now()
    // Several results follow the same change: longer work gets a task of its own.
    if (cost <= SLICE && wait <= 1) void start(inputs)
    else timer = setTimeout(() => void start(inputs), wait)
  }

  /** `subscribe` calls once without a change. */
  let subscribed = false
  let current: { inputs: Inputs } | undefined
  const stopInputs = effect(() => {
    const inputs = parts.inputs()
    current = { inputs }
    untracked(() => {
      working.value = true
      if (cost <= SLICE) void start(inputs)
      else {
        // The current run is for earlier inputs.
        run++
        clearTimeout(timer)
        timer = setTimeout(() => void start(inputs), Math.min(Math.max(QUIET_TIME, cost), MAX_QUIET_TIME))
      }
    })
  })
  const stopVersions = parts.version.subscribe(() => {
    // A run that has not started yet will see the change.
    if (timer === undefined) {
      if (running) stale = true
      else if (subscribed && current) later(current.inputs)
    }
    subscribed = true
  })

  return {
    result,
    working,
    stop() {
      run++
      clearTimeout(timer)
      stopInputs()
      stopVersions()
    },
  }
}

/**
 * Creates a result for as long as the component is mounted.
 * @param inputs of `create`: when they change, it is called again
 */
export function useSliced<T>(create: () => SlicedResult<T>, inputs: readonly unknown[]): SlicedResult<T> {
  const sliced = useMemo(create, inputs)
  useEffect(() => sliced.stop, [sliced])
  return sliced
}

/** Lets the browser handle input, frames and messages. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/**
 * Runs through `steps`, with a pause for the browser after each slice.
 * @param onPause called at the end of each pause. The work continues when the promise that it returns resolves.
 */
export async function inSlices(steps: Iterable<unknown>, onPause: () => Promise<void> | undefined): Promise<void> {
  let started = performance.now()
  for (const _ of steps) {
    if (performance.now() - started < SLICE) continue
    await nextTask()
    await onPause()
    started = performance.now()
  }
}
