// Model: why a session file can't be opened.

/** The message is a predicate: the file's name is put before it. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/** @param problem what is wrong with the file, and where. */
export function invalid(problem: string): ImportError {
  return new ImportError(`isn't a valid Perf session: ${problem}`)
}
