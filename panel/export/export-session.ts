// Panel: writes a session as a file that the browser downloads, in slices and in parts.
import { type SessionSource, writeSession } from '../../session/write-session.ts'
import { nextTask } from '../state/time-slice.ts'

/** The whole file, whose text never stands in memory as one string: the browser may keep a Blob on disk. */
export async function toFile(source: SessionSource): Promise<Blob> {
  const parts: Blob[] = []
  for (const part of writeSession(source)) {
    parts.push(new Blob([part]))
    await nextTask()
  }
  return new Blob(parts, { type: 'application/json' })
}

/** `perf-session-2026-11-23T14-05-09.json`, in local time, without what file systems refuse. */
export function fileNameOf(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return `perf-session-${local.toISOString().slice(0, 19).replaceAll(':', '-')}.json`
}

export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has the file's data once it began; long before this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
