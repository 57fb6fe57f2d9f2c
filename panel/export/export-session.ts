// Panel: writes a session as a file that the browser downloads, in slices and in parts.
import { nextTask, SLICE } from '../state/time-slice.ts'
import type { FilePart } from './session-bytes.ts'

/** Bytes of compressed data to a Blob. */
const BYTES_PER_BLOB = 1 << 18

/** Milliseconds between two tellings of how far it is: each costs a frame. */
const TELL_INTERVAL = 100

export interface FileOptions {
  gzip: boolean
  /** Rejects when it is aborted. */
  signal: AbortSignal
  /** Called now and then with how many operations have been written. */
  onWritten(operations: number): void
}

/** The whole file, which never stands in memory: the browser may keep Blobs on disk. */
export async function toFile(parts: Iterable<FilePart>, { gzip, signal, onWritten }: FileOptions): Promise<Blob> {
  const blobs: Blob[] = []
  const write = gzip ? compressTo(blobs) : plainTo(blobs)
  let written = 0
  let started = performance.now()
  let told = started
  for (const { bytes, operations } of parts) {
    await write.part(bytes)
    written += operations
    if (performance.now() - started < SLICE) continue
    if (started - told >= TELL_INTERVAL) {
      onWritten(written)
      told = started
    }
    await nextTask()
    signal.throwIfAborted()
    started = performance.now()
  }
  await write.end()
  return new Blob(blobs, { type: gzip ? 'application/gzip' : 'application/json' })
}

interface Output {
  part(bytes: Uint8Array<ArrayBuffer>): Promise<unknown>
  end(): Promise<unknown>
}

function plainTo(blobs: Blob[]): Output {
  return { part: async bytes => blobs.push(new Blob([bytes])), end: async () => undefined }
}

function compressTo(blobs: Blob[]): Output {
  const { readable, writable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  const collected = collect(readable, blobs)
  return {
    part: bytes => writer.write(bytes),
    async end() {
      await writer.close()
      await collected
    },
  }
}

async function collect(readable: ReadableStream<Uint8Array<ArrayBuffer>>, blobs: Blob[]): Promise<void> {
  let chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = readable.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value)
    bytes += read.value.length
    if (bytes < BYTES_PER_BLOB) continue
    blobs.push(new Blob(chunks))
    chunks = []
    bytes = 0
  }
  blobs.push(new Blob(chunks))
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
