// Model: reads a session file, compressed or not, in parts.
import { ImportError, invalid } from './import-error.ts'
import type { ImportPart } from './import-part.ts'
import { createSessionReader, type SessionReader } from './session-reader.ts'

/** Bytes of text: a small compressed file may decompress to far more than a session needs. */
const MAX_BYTES = 4_000_000_000

/** @param onPart called with each part and the share of the file that was read. Reading continues when it resolves. */
export async function readFile(file: Blob, onPart: (part: ImportPart, share: number) => Promise<void>): Promise<void> {
  let queue: ImportPart[] = []
  const emit = (part: ImportPart): void => void queue.push(part)
  const flush = async (share: number): Promise<void> => {
    const parts = queue
    queue = []
    for (const part of parts) await onPart(part, share)
  }
  const reader = createSessionReader(emit)
  await readWith(reader, file, flush)
  if (reader.isOutOfOrder) await readWith(createSessionReader(emit, reader.top), file, flush)
}

async function readWith(reader: SessionReader, file: Blob, flush: (share: number) => Promise<void>): Promise<void> {
  let read = 0
  let bytes = 0
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      read += chunk.length
      controller.enqueue(chunk)
    },
  })
  const plain = file.stream().pipeThrough(counting)
  const text = (await isGzip(file)) ? plain.pipeThrough(new DecompressionStream('gzip')) : plain
  const chunks = text.getReader()
  for (;;) {
    const next = await chunks.read().catch(cause => {
      throw invalid(`its compressed data is damaged or cut off: ${(cause as Error).message}`)
    })
    if (next.done) break
    bytes += next.value.length
    if (bytes > MAX_BYTES) throw new ImportError(`is larger than ${MAX_BYTES} bytes`)
    split(() => reader.add(next.value))
    await flush(read / file.size)
  }
  split(() => reader.end())
  await flush(1)
}

/** Reports an error of the splitter as an error of the file. */
function split(step: () => void): void {
  try {
    step()
  } catch (cause) {
    throw cause instanceof SyntaxError ? invalid(cause.message) : cause
  }
}

/** Its first bytes decide, not its name. */
async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}
