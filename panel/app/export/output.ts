// Panel's worker: where the bytes of a file go, compressed or not. Touches no DOM.
import { createExportFile, type ExportFile } from '../../../storage/export-files.ts'

export interface Output {
  /** Resolves when `bytes` may be used for something else. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** The file. */
  end(): Promise<Blob>
}

export async function openOutput(
  { gzip }: { gzip: boolean },
  createFile: () => Promise<ExportFile> = createExportFile,
): Promise<Output> {
  const store = openStore(await createFile().catch(() => undefined), gzip ? 'application/gzip' : 'application/json')
  if (!gzip) return { write: async bytes => store.write(bytes), end: store.end }
  const { readable, writable } = new CompressionStream('gzip')
  const stored = readable.pipeTo(new WritableStream({ write: store.write }))
  const writer = writable.getWriter()
  return {
    write: bytes => writer.write(bytes),
    async end() {
      await writer.close()
      await stored
      return store.end()
    },
  }
}

/** Bytes in a file as long as there is room for one; what has none is in Blobs, which the browser keeps where it can. */
function openStore(file: ExportFile | undefined, type: string) {
  const rest: Blob[] = []
  return {
    write(bytes: Uint8Array<ArrayBuffer>): void {
      const written = file && rest.length === 0 ? file.write(bytes) : 0
      if (written < bytes.length) rest.push(new Blob([bytes.subarray(written)]))
    },
    end: async () => new Blob([...(file ? [await file.finish()] : []), ...rest], { type }),
  }
}
