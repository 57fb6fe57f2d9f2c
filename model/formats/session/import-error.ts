// Model: why a file can't be opened.
import { truncate } from '../../../wire/truncate.ts'

/** Characters of a message: it may name a member, whose name the file chooses. */
export const MAX_MESSAGE_LENGTH = 1_000

/** The message is a predicate: the file's name is put before it. */
export class ImportError extends Error {
  override readonly name = 'ImportError'

  constructor(message: string) {
    super(message.length > MAX_MESSAGE_LENGTH ? `${truncate(message, MAX_MESSAGE_LENGTH - 1)}…` : message)
  }
}

/**
 * @param problem what is wrong with the file, and where.
 * @param what the file was taken for.
 */
export function invalid(problem: string, what = 'Perf session'): ImportError {
  return new ImportError(`isn't a valid ${what}: ${problem}`)
}
