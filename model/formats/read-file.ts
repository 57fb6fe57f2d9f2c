// Model: reads a file of any format that can be opened, compressed or not, in parts.
import { createTraceReader } from './chrome-trace/trace-reader.ts'
import { createHarReader } from './har/har-reader.ts'
import { ImportError, invalid } from './session/import-error.ts'
import type { ImportPart } from './session/import-part.ts'
import { createSessionReader, type FileReader } from './session/session-reader.ts'

/** Bytes of text: a small compressed file may decompress to far more than a session needs. */
const MAX_BYTES = 4_000_000_000

/** Bytes at the start of a file in which its first member's name is looked for. */
const MAX_SNIFFED_BYTES = 4_096

type Emit = (part: ImportPart) => void

interface InputFormat {
  /** What a message calls a file of it. */
  name: string
  createReader(emit: Emit): FileReader
}

const SESSION: InputFormat = { name: 'Perf session', createReader: createSessionReader }
const HAR: InputFormat = { name: 'HAR file', createReader: createHarReader }
const TRACE: InputFormat = { name: 'trace of Chrome', createReader: createTraceReader }

/** By the first member of the file. */
const FORMATS = new Map<string, InputFormat>([
  ['log', HAR],
  ['traceEvents', TRACE],
  ['metadata', TRACE],
  ['displayTimeUnit', TRACE],
])

/** @param onPart called with each part and the share of the file that was read. Reading continues when it resolves. */
export async function readFile(file: Blob, onPart: (part: ImportPart, share: number) => Promise<void>): Promise<void> {
  let queue: ImportPart[] = []
  const emit = (part: ImportPart): void => void queue.push(part)
  const flush = async (share: number): Promise<void> => {
    const parts = queue
    queue = []
    for (const part of parts) await onPart(part, share)
  }
  const { name, createReader } = await formatOf(file)
  let reader: FileReader | undefined = createReader(emit)
  while (reader) {
    await readWith(reader, name, file, flush)
    reader = reader.again()
  }
}

async function readWith(
  reader: FileReader,
  name: string,
  file: Blob,
  flush: (share: number) => Promise<void>,
): Promise<void> {
  let read = 0
  let bytes = 0
  const counted = (count: number): void => {
    read += count
  }
  for await (const chunk of chunksOf(file, counted)) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new ImportError(`is larger than ${MAX_BYTES} bytes`)
    split(name, () => reader.add(chunk))
    await flush(read / file.size)
  }
  split(name, () => reader.end())
  await flush(1)
}

/** @param onRead called with the number of bytes that were read of the file, as it is on the disk. */
async function* chunksOf(
  file: Blob,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onRead(chunk.length)
      controller.enqueue(chunk)
    },
  })
  const plain = file.stream().pipeThrough(counting)
  const text = (await isGzip(file)) ? plain.pipeThrough(new DecompressionStream('gzip')) : plain
  const chunks = text.getReader()
  for (;;) {
    const next = await chunks.read().catch(cause => {
      throw new ImportError(`can't be read: its compressed data is damaged or cut off (${(cause as Error).message})`)
    })
    if (next.done) return
    yield next.value
  }
}

/** The first member's name decides: no format has that of another first. */
async function formatOf(file: Blob): Promise<InputFormat> {
  const decoder = new TextDecoder()
  let start = ''
  for await (const chunk of chunksOf(file)) {
    start += decoder.decode(chunk.subarray(0, MAX_SNIFFED_BYTES), { stream: true })
    const [, name, value] = FIRST_MEMBER.exec(start) ?? []
    if (name !== undefined) return (value !== '{' && name === 'log' ? undefined : FORMATS.get(name)) ?? SESSION
    if (start.length >= MAX_SNIFFED_BYTES) break
  }
  return SESSION
}

/** Its name, and how its value begins. */
const FIRST_MEMBER = /^\s*\{\s*"([^"\\]{1,100})"\s*:\s*(\S)/

/** Reports an error of the splitter as an error of the file. */
function split(name: string, step: () => void): void {
  try {
    step()
  } catch (cause) {
    throw cause instanceof SyntaxError ? invalid(cause.message, name) : cause
  }
}

/** Its first bytes decide, not its name. */
async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}
