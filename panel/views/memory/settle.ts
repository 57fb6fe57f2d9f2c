// Panel: makes the browser collect all garbage of the inspected page, and reads the size of the heap after it.

/** Milliseconds between two checks whether everything has been collected. Chromium updates the heap's size as often. */
const INTERVAL = 60
/** Milliseconds after which it fails. A busy page collects only when its current task has ended. */
export const MAX_SETTLE_TIME = 15_000

/**
 * A WeakRef to an object that nothing else holds becomes empty only by a full collection. Until then it is a property of the global
 * object, because each evaluation is a script of its own and they share nothing else.
 * @see https://tc39.es/ecma262/#sec-weak-ref-objects
 */
const KEY = `Symbol.for('perf.settle')`
const PLACE = `void Object.defineProperty(globalThis, ${KEY}, { value: new WeakRef({}), configurable: true })`
/** DevTools collects before it looks for the objects of a class: https://developer.chrome.com/docs/devtools/console/utilities#queryObjects-function */
const COLLECT = 'void queryObjects(class {})'
const IS_COLLECTED = `globalThis[${KEY}]?.deref() === undefined`
const REMOVE = `void delete globalThis[${KEY}]`
const READ = `({ used: performance.memory?.usedJSHeapSize, time: performance.now(), timeOrigin: performance.timeOrigin })`

export interface SettledHeap {
  /** Bytes in use. */
  used: number
  /** Milliseconds since the page's time origin. */
  time: number
  /** Epoch milliseconds. */
  timeOrigin: number
}

export interface Heap {
  /**
   * Collects so many times, reads the heap after each, and resolves with the lowest reading. Rejects with an Error if the browser
   * does not collect, or does not report the heap's size.
   */
  settle(collections: number): Promise<SettledHeap>
}

interface InspectedWindow {
  eval(script: string, callback: (result: unknown, failed?: { value?: string; description?: string }) => void): unknown
}

export function connectHeap(inspected: unknown, wait = waitFor): Heap {
  const evaluate = (script: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const onResult = (result: unknown, failed?: { value?: string; description?: string }): void => {
        if (failed) reject(new Error(failed.value ?? failed.description ?? 'the page did not answer'))
        else resolve(result)
      }
      const asked = (inspected as InspectedWindow).eval(script, onResult)
      // Firefox returns a promise and does not use the callback.
      if (asked instanceof Promise) asked.then(([result, failed]) => onResult(result, failed), reject)
    })
  const collect = async (): Promise<void> => {
    await evaluate(PLACE)
    try {
      await evaluate(COLLECT)
      for (let waited = 0; (await evaluate(IS_COLLECTED)) !== true; waited += INTERVAL) {
        if (waited >= MAX_SETTLE_TIME) throw new Error('the browser did not collect in time')
        await wait(INTERVAL)
      }
    } finally {
      await evaluate(REMOVE)
    }
    await wait(INTERVAL)
  }
  return {
    async settle(collections) {
      const { used } = (await evaluate(READ)) as Partial<SettledHeap>
      if (typeof used !== 'number') throw new Error('this browser does not report the size of the heap')
      const readings: SettledHeap[] = []
      for (let i = 0; i < collections; i++) {
        await collect()
        readings.push((await evaluate(READ)) as SettledHeap)
      }
      return { ...(readings.at(-1) as SettledHeap), used: Math.min(...readings.map(reading => reading.used)) }
    },
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
