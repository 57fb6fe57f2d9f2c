// Node: work that comes in steps, done at once.

/** The result of the steps: nothing else waits for this process, so the pauses are skipped. */
export function complete<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
