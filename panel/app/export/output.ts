// Worker of the panel: collects the bytes of a file, compressed or not.
import { createExportFile, type ExportFile } from '../../../storage/export-files.ts'

export interface Output {
  /** Resolves when `bytes` may be reused. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Resolves with the complete file. */
  end(): Promise<Blob>
}

export interface OutputOptions {
  gzip: boolean
  /** Of the file, if it is not compressed. */
  mediaType?: string
}

export async function openOutput(
  { gzip, mediaType = 'application/json' }: OutputOptions,
  createFile: () => Promise<ExportFile> = createExportFile,
): Promise<Output> {
  const store = openStore(await createFile().catch(() => undefined), gzip ? 'application/gzip' : mediaType)
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

/** Bytes go to a file as long as there is quota for it. The rest becomes Blobs, which the browser stores itself. */
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
