// Extension origin: the files that exports are written to, in the origin's private file system: beside every heap, and
// at a tenth of what a Blob of the same costs, whose bytes all go through the browser's process.

const DIRECTORY = 'exports'
/**
 * Milliseconds from an export's beginning for which its file is kept: nothing tells when a download is through, which
 * copies it from one place of the machine to another.
 */
const KEPT = 600_000

/** What TypeScript has among a worker's types alone. */
interface SyncAccessHandle {
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  truncate(size: number): void
  close(): void
}

export interface ExportFile {
  /** Adds bytes; returns how many of them there was room for. */
  write(bytes: Uint8Array<ArrayBuffer>): number
  /** All that was written. */
  finish(): Promise<File>
}

/** In a worker. Rejects where there is no such file system, as in Firefox's private windows, and where it has no room. */
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
      // What failed may have left a part of it.
      access.truncate(size)
      access.close()
      return handle.getFile()
    },
  }
}

/** Removes the files that are old by now, and what exports that were cancelled have left of theirs. */
export async function removeOldExportFiles(): Promise<void> {
  const directory = await openDirectory()
  for await (const name of directory.keys()) {
    // One that is being written can't be removed.
    if (Date.now() - Number.parseInt(name, 10) > KEPT) await directory.removeEntry(name).catch(() => undefined)
  }
}

async function openDirectory(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(DIRECTORY, { create: true })
}
