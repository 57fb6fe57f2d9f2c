// Extension origin: about how many bytes the browser needs to store something.

/** Bytes of a number, a boolean or the frame of an object, as the structured clone writes them, about. */
const SCALAR = 8

/** Close enough to bound reads and to tell the user; texts count a byte per character. */
export function approximateBytes(value: unknown): number {
  if (typeof value === 'string') return SCALAR + value.length
  if (typeof value !== 'object' || value === null) return SCALAR
  if (ArrayBuffer.isView(value)) return SCALAR + value.byteLength
  let bytes = SCALAR
  if (Array.isArray(value)) for (const item of value) bytes += approximateBytes(item)
  else for (const [key, item] of Object.entries(value)) bytes += key.length + approximateBytes(item)
  return bytes
}
