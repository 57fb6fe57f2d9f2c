// Node: what a command is.

/** Wrong usage, or a file that cannot be read. */
export const EXIT_UNUSABLE = 2

export interface Streams {
  out(text: string): void
  err(text: string): void
}

export interface Command {
  readonly name: string
  /** A few words for the overview. */
  readonly summary: string
  readonly help: string
  /** Resolves with the exit code. Throws a UsageError where it was not called as it has to be. */
  run(args: readonly string[], streams: Streams): Promise<number>
}

/** One sentence for whoever called. */
export class UsageError extends Error {}

/** One of the values that an option takes. */
export function oneOf<Value extends string>(option: string, value: string, values: readonly Value[]): Value {
  const found = values.find(each => each === value)
  if (found === undefined) throw new UsageError(`${option} takes ${values.join(', ')}; it was given "${value}".`)
  return found
}

/** The result of work that comes in steps: nothing else waits for this process, so the pauses are skipped. */
export function complete<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
