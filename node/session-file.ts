// Node: session files on the disk, read as the session that the tab would show, and written as the tab exports it.
import { openAsBlob } from 'node:fs'
import { mkdir, open, readFile as readBytes, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readFile } from '../model/formats/read-file.ts'
import { ImportError } from '../model/formats/session/import-error.ts'
import { sessionBytes } from '../model/formats/session/session-bytes.ts'
import { createSessionSource } from '../model/formats/session/session-source.ts'
import { stepsOfPart } from '../model/formats/session/take-part.ts'
import { SessionModel } from '../model/session/session-model.ts'
import { VERSION } from '../monitor/version.ts'

export const GENERATOR = { name: 'perf-devtools', version: VERSION }

/** A file that cannot be read, or that is no session: one sentence says why. */
export class UnreadableFile extends Error {}

/** @param path of a `.json` or `.json.gz` file. */
export async function readSessionFile(path: string): Promise<SessionModel> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new UnreadableFile('it is a folder')
    // Of a pipe, such as /dev/stdin, the size is not known before its end.
    return await readSession(found.isFile() ? await openAsBlob(path) : new Blob([await readBytes(path)]))
  } catch (cause) {
    if (cause instanceof ImportError) throw new UnreadableFile(`${path} ${cause.message}.`, { cause })
    throw new UnreadableFile(`${path} cannot be read: ${reasonOf(cause)}.`, { cause })
  }
}

export async function readSession(file: Blob): Promise<SessionModel> {
  let session: SessionModel | undefined
  await readFile(file, async part => {
    if (part.type === 'createdAt') session = new SessionModel(part.time)
    else if (session) for (const _ of stepsOfPart(session, part));
  })
  if (!session) throw new UnreadableFile('it is no Perf session')
  return session
}

/** Compressed where the path ends with `.gz`. Makes the folder where there is none. */
export async function writeSessionFile(session: SessionModel, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'w')
  try {
    if (path.endsWith('.gz')) await file.write(gzipSync(sessionText(session)))
    else for (const { bytes } of partsOf(session)) await file.write(bytes)
  } finally {
    await file.close()
  }
}

export function sessionText(session: SessionModel): string {
  const decoder = new TextDecoder()
  let text = ''
  for (const { bytes } of partsOf(session)) text += decoder.decode(bytes, { stream: true })
  return text + decoder.decode()
}

function partsOf(session: SessionModel) {
  return sessionBytes(createSessionSource(session, GENERATOR), session)
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EEXIST: 'there is a file of that name',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a folder of its path is a file',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
}

export function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return (code && REASONS[code]) ?? message.replace(/\.$/, '')
}
