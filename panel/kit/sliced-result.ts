// Panel: a result over all of a session, computed in slices beside everything else, and anew when the session grew.
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'

/**
 * The share of its time that the panel spends on computing anew while a session grows: at a million operations a pass
 * takes some 50 ms of work, so that figures are half a second old at most.
 */
const MAX_SHARE = 0.1

/**
 * Milliseconds for which the inputs have to stay as they are where a pass takes longer than a slice: while the user
 * drags and types, all work would be thrown away.
 */
const QUIET = 120

export interface SlicedResult<T> {
  /** The latest complete result. */
  result: ReadonlySignal<T>
  /** Whether a result for other inputs is being computed: what is shown is that of the ones before. */
  working: ReadonlySignal<boolean>
  stop(): void
}

export interface SlicedWork<Inputs, T> {
  /** What the result is of. Signals that are read here start the work anew, with what was begun thrown away. */
  inputs(): Inputs
  /** Changes when the session grew: what was begun is finished first. */
  version: ReadonlySignal<number>
  /** The work, which pauses at each `yield`: some hundred microseconds apart at most. */
  work(inputs: Inputs): Generator<void, T>
  /** Until there is a first result. */
  initial: T
}

/** A result whose work fits into one slice is there at once: small sessions show no delay. */
export function createSlicedResult<Inputs, T>(parts: SlicedWork<Inputs, T>): SlicedResult<T> {
  const result = signal(parts.initial)
  const working = signal(false)
  let run = 0
  let running = false
  let stale = false
  let notBefore = 0
  /** Milliseconds of work that the latest complete pass took. */
  let cost = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const start = async (inputs: Inputs): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const own = ++run
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
      if (own !== run) return
    }
    running = false
    working.value = false
    cost = spent
    notBefore = performance.now() + spent * (1 / MAX_SHARE - 1)
    if (stale) later(inputs)
  }

  const later = (inputs: Inputs): void => {
    const wait = notBefore - performance.now()
    // Longer work begins in a task of its own: several results follow the same change.
    if (cost <= SLICE && wait <= 1) void start(inputs)
    else timer = setTimeout(() => void start(inputs), wait)
  }

  /** The first call tells of no change. */
  let seen = false
  let current: { inputs: Inputs } | undefined
  const stopInputs = effect(() => {
    const inputs = parts.inputs()
    current = { inputs }
    untracked(() => {
      working.value = true
      if (cost <= SLICE) void start(inputs)
      else {
        // What runs is of other inputs.
        run++
        clearTimeout(timer)
        timer = setTimeout(() => void start(inputs), QUIET)
      }
    })
  })
  const stopVersions = parts.version.subscribe(() => {
    // What waits to be begun will see it.
    if (timer === undefined) {
      if (running) stale = true
      else if (seen && current) later(current.inputs)
    }
    seen = true
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

/** @param create must be the same function while `inputs` are the same. */
export function useSliced<T>(create: () => SlicedResult<T>, inputs: readonly unknown[]): SlicedResult<T> {
  const sliced = useMemo(create, inputs)
  useEffect(() => sliced.stop, [sliced])
  return sliced
}

/** Milliseconds of work at a time: well under a frame. */
export const SLICE = 8

/** Lets the browser do what waits: input, frames, messages. */
export function nextTask(): Promise<void> {
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
 * Goes through `steps`, with a pause for the browser after each slice.
 * @param onPause called at the end of each pause, in which anything may have come; the work goes on when what it returns
 *   has resolved.
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
