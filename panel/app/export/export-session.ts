// Panel: writes a session as a file that the browser downloads, in parts.

import type { FilePart } from '../../../model/formats/session/session-bytes.ts'
import type { Output } from './output.ts'

/** Milliseconds between two tellings of how far it is: each costs a frame. */
const TELL_INTERVAL = 100

interface Watching {
  /** Rejects when it is aborted. */
  signal: AbortSignal
  /** Called now and then with how many operations have been written. */
  onWritten(operations: number): void
}

/** The whole file, which never stands in memory. */
export async function toFile(
  parts: Iterable<FilePart>,
  output: Output,
  { signal, onWritten }: Watching,
): Promise<Blob> {
  let written = 0
  let told = performance.now()
  for (const { bytes, operations } of parts) {
    await output.write(bytes)
    signal.throwIfAborted()
    written += operations
    if (performance.now() - told < TELL_INTERVAL) continue
    onWritten(written)
    told = performance.now()
  }
  const file = await output.end()
  signal.throwIfAborted()
  return file
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
  // The download has begun long before this, and has the file open.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
