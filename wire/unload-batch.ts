// Runs in every world and touches none: batches of a page that is being left, as text. Ports die with the page, and
// with the worker; storage takes text, and does not.

/** In every world (HTML §8.3), though in no library of the language's own. */
declare const btoa: (binary: string) => string
declare const atob: (base64: string) => string

/** Storage keys of such batches begin so. */
const PREFIX = 'left:'

/** Of one batch: the document's stream and the batch's number. */
export const unloadKey = (stream: string, seq: number): string => `${PREFIX}${stream}:${seq}`

/** Undefined for any other key. */
export function readUnloadKey(key: string): { stream: string; seq: number } | undefined {
  if (!key.startsWith(PREFIX)) return undefined
  const [, stream = '', seq] = key.split(':')
  return { stream, seq: Number(seq) }
}

/** The typed arrays that columns are made of. */
const TYPES = { Uint8Array, Uint16Array, Uint32Array, Float64Array }
const TYPE = 'perf:type'

/** JSON, with typed arrays as base64. */
export function toText(batch: unknown): string {
  return JSON.stringify(batch, (_key, value: unknown) =>
    ArrayBuffer.isView(value)
      ? {
          [TYPE]: Object.keys(TYPES).find(name => value instanceof TYPES[name as keyof typeof TYPES]),
          bytes: encode(value),
        }
      : value,
  )
}

/** What `toText` was given, if the text is its; throws a SyntaxError for what is no JSON. */
export function fromText(text: string): unknown {
  return JSON.parse(text, (_key, value: { [TYPE]?: unknown; bytes?: unknown } | null) => {
    const type = typeof value === 'object' ? value?.[TYPE] : undefined
    if (typeof type !== 'string' || typeof value?.bytes !== 'string' || !Object.hasOwn(TYPES, type)) return value
    return decode(value.bytes, TYPES[type as keyof typeof TYPES])
  })
}

function encode({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function decode(text: string, Type: (typeof TYPES)[keyof typeof TYPES]): unknown {
  const bytes = Uint8Array.from(atob(text), (char: string) => char.charCodeAt(0))
  return new Type(bytes.buffer, 0, Math.floor(bytes.length / Type.BYTES_PER_ELEMENT))
}
