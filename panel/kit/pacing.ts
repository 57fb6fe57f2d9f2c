// Panel: what is asked for often, done at most so often.

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
