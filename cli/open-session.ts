// Node: a session file as the session that the tab would show.
import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { readFile } from '../model/formats/session/read-file.ts'
import { stepsOfPart } from '../model/formats/session/take-part.ts'
import { SessionModel } from '../model/session/session-model.ts'
import { UsageError } from './usage.ts'

/** @param path of a `.json` or `.json.gz` file. Throws a UsageError that says what is wrong with it. */
export async function openSession(path: string): Promise<SessionModel> {
  let session: SessionModel | undefined
  try {
    if ((await stat(path)).isDirectory()) throw new UsageError('it is a folder')
    await readFile(await openAsBlob(path), async part => {
      if (part.type === 'createdAt') session = new SessionModel(part.time)
      else if (session) for (const _ of stepsOfPart(session, part));
    })
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause })
  }
  if (!session) throw new UsageError(`${path} cannot be read: it is no Perf session.`)
  return session
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission denied'
  return message.replace(/\.$/, '')
}
