// Extension origin: the files that exports are written to, in the origin private file system
// (https://fs.spec.whatwg.org/#origin-private-file-system). They are in no heap, and cost a tenth of a Blob, whose bytes all go
// through the browser's process.

const DIRECTORY = 'exports'
/**
 * Milliseconds from the start of an export for which its file is kept. Nothing says when the download is complete, which copies
 * the file on the same machine.
 */
const KEEP_TIME = 600_000

/** TypeScript has it among the types of workers alone. */
interface SyncAccessHandle {
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  truncate(size: number): void
  close(): void
}

export interface ExportFile {
  /** Adds bytes; returns how many of them there was space for. */
  write(bytes: Uint8Array<ArrayBuffer>): number
  /** All that was written. */
  finish(): Promise<File>
}

/** In a worker. Rejects where there is no such file system, as in Firefox's private windows, and where it has no space. */
export async function createExportFile(): Promise<ExportFile> {
  await removeOldExportFiles()
  const directory = await openDirectory()
  const handle = await directory.getFileHandle(`${Date.now()}-${crypto.randomUUID()}`, { create: true })
  const open = handle as unknown as { createSyncAccessHandle(): Promise<SyncAccessHandle> }
  const access = await open.createSyncAccessHandle()
  let size = 0
  return {
    write(bytes) {
      try {
        const written = access.write(bytes, { at: size })
        size += written
        return written
      } catch {
        return 0
      }
    },
    finish() {
      // A write that failed may have written a part.
      access.truncate(size)
      access.close()
      return handle.getFile()
    },
  }
}

/** Removes files of old exports, and of cancelled ones. */
export async function removeOldExportFiles(): Promise<void> {
  const directory = await openDirectory()
  for await (const name of directory.keys()) {
    // One that is being written can't be removed.
    if (Date.now() - Number.parseInt(name, 10) > KEEP_TIME) await directory.removeEntry(name).catch(() => undefined)
  }
}

async function openDirectory(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(DIRECTORY, { create: true })
}
