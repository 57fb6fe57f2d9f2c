// Any world: a session file, compressed or not, in parts.
import { ImportError, invalid } from './import-error.ts'
import type { ImportPart } from './import-part.ts'
import { createSessionReader, type SessionReader } from './session-reader.ts'

/** Bytes of text: a small file may unpack to very much. */
const MAX_BYTES = 4_000_000_000

/** @param hand called with each part and the share of the file that was read; what is next waits for it. */
export async function readFile(file: Blob, hand: (part: ImportPart, share: number) => Promise<void>): Promise<void> {
  let waiting: ImportPart[] = []
  const emit = (part: ImportPart): void => void waiting.push(part)
  const handOn = async (share: number): Promise<void> => {
    const parts = waiting
    waiting = []
    for (const part of parts) await hand(part, share)
  }
  const reader = createSessionReader(emit)
  await readWith(reader, file, handOn)
  if (reader.isOutOfOrder) await readWith(createSessionReader(emit, reader.top), file, handOn)
}

async function readWith(reader: SessionReader, file: Blob, handOn: (share: number) => Promise<void>): Promise<void> {
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
    await handOn(read / file.size)
  }
  split(() => reader.end())
  await handOn(1)
}

/** What the splitter refuses is no JSON. */
function split(step: () => void): void {
  try {
    step()
  } catch (cause) {
    throw cause instanceof SyntaxError ? invalid(cause.message) : cause
  }
}

/** By its first bytes, whatever its name. */
async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}
