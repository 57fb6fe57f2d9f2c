// Any world: what a page that is unloaded leaves in `storage.local` of what is not confirmed as stored. Its port closes with
// it, and a worker that was starting never hears of it; storage lasts, and its change wakes the worker. Storage takes JSON.

/** `btoa` and `atob` are in every world (https://html.spec.whatwg.org/#atob), but not in the language's own library. */
declare const btoa: (binary: string) => string
declare const atob: (base64: string) => string

/** Written before the batches, so that each of them that does not arrive is counted. */
export interface UnloadRecord {
  /** When the recording of the document began, and when this was written: epoch milliseconds. */
  since: number
  time: number
  /** The batches, and how many operations are lost with each that does not arrive. */
  batches: [seq: number, operations: number][]
}

const PREFIX = 'unload:'

/** The storage key of a document's record, or of one of its batches, as text. */
export function unloadKey(stream: string, seq?: number): string {
  return seq === undefined ? `${PREFIX}${stream}` : `${PREFIX}${stream}:${seq}`
}

/** `seq` is absent in the key of a record. Undefined for any other key. */
export function readUnloadKey(key: string): { stream: string; seq?: number } | undefined {
  if (!key.startsWith(PREFIX)) return undefined
  const [, stream = '', seq] = key.split(':')
  return seq === undefined ? { stream } : { stream, seq: Number(seq) }
}

/** The typed arrays that columns are made of. */
const TYPES = { Uint8Array, Uint16Array, Uint32Array, Float32Array, Float64Array }
type TypeName = keyof typeof TYPES

/** A typed array, as base64, and its place in the batch. */
type EncodedColumn = [path: (string | number)[], type: TypeName, base64: string]

interface EncodedBatch {
  /** With null in the places of typed arrays: a page has no say in what stands for one. */
  batch: unknown
  columns: EncodedColumn[]
}

/** Throws for what JSON can't write. */
export function encodeBatch(batch: unknown): string {
  const columns: EncodedColumn[] = []
  const withoutColumns = (value: unknown, path: (string | number)[]): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (ArrayBuffer.isView(value)) {
      const type = (Object.keys(TYPES) as TypeName[]).find(name => value instanceof TYPES[name])
      if (type) columns.push([path, type, toBase64(value)])
      return null
    }
    if (Array.isArray(value)) return value.map((item, index) => withoutColumns(item, [...path, index]))
    // `fromEntries` defines each property: a page may have named one `__proto__`.
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutColumns(item, [...path, key])]))
  }
  return JSON.stringify({ batch: withoutColumns(batch, []), columns } satisfies EncodedBatch)
}

/** What `encodeBatch` was given. Throws for any other text. */
export function decodeBatch(text: string): unknown {
  const { batch, columns } = JSON.parse(text) as EncodedBatch
  for (const [path, type, base64] of columns) {
    const holder = path.slice(0, -1).reduce(memberOf, batch)
    const key = path.at(-1) as string
    if (memberOf(holder, key) !== null) throw new TypeError('There is no place for a column')
    ;(holder as Record<string, unknown>)[key] = fromBase64(base64, TYPES[type])
  }
  return batch
}

function memberOf(holder: unknown, key: string | number): unknown {
  return Object.hasOwn(holder as object, key) ? (holder as Record<string, unknown>)[key] : undefined
}

function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  let binary = ''
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function fromBase64(base64: string, Type: (typeof TYPES)[TypeName]): unknown {
  const bytes = Uint8Array.from(atob(base64), (char: string) => char.charCodeAt(0))
  return new Type(bytes.buffer, 0, Math.floor(bytes.length / Type.BYTES_PER_ELEMENT))
}
