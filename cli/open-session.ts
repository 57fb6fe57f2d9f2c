// Node: a session file that was named on the command line.
import type { SessionModel } from '../model/session/session-model.ts'
import { readSessionFile, UnreadableFile } from '../node/session-file.ts'
import { UsageError } from './usage.ts'

/** @param path of a `.json` or `.json.gz` file. Throws a UsageError that says what is wrong with it. */
export async function openSession(path: string): Promise<SessionModel> {
  try {
    return await readSessionFile(path)
  } catch (error) {
    throw error instanceof UnreadableFile ? new UsageError(error.message, { cause: error }) : error
  }
}
