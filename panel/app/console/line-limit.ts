// Panel: a few lines a second, and then how many more there would have been.

/** A console with more is read by nobody, and each line costs the page time. */
export const MAX_LINES = 10
/** Milliseconds. */
const INTERVAL = 1_000

export interface LineLimit {
  write(line: string): void
  stop(): void
}

export function createLineLimit(write: (line: string) => void): LineLimit {
  let written = 0
  let unwritten = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const begin = (): void => {
    timer = undefined
    if (unwritten > 0) write(`[Perf] ${unwritten} more slow ${unwritten === 1 ? 'operation' : 'operations'}`)
    written = 0
    unwritten = 0
  }
  return {
    write(line) {
      timer ??= setTimeout(begin, INTERVAL)
      if (written++ < MAX_LINES) write(line)
      else unwritten++
    },
    stop: () => clearTimeout(timer),
  }
}
