// Model: why a file can't be opened.

/** The message is a predicate: the file's name is put before it. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/**
 * @param problem what is wrong with the file, and where.
 * @param what the file was taken for.
 */
export function invalid(problem: string, what = 'Perf session'): ImportError {
  return new ImportError(`isn't a valid ${what}: ${problem}`)
}
