/** Why a file can't be opened: what is said behind its name. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/** @param problem what is wrong with the file, and where. */
export function invalid(problem: string): ImportError {
  return new ImportError(`isn't a valid Perf session: ${problem}`)
}
