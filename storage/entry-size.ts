// Extension origin: about how many bytes the browser needs to store something.

/** About the bytes of a number, of a boolean, or of an object without its members, as the structured clone writes them. */
const SCALAR = 8

/** Close enough to bound reads and to show to the user. Texts count a byte per character. */
export function approximateBytes(value: unknown): number {
  if (typeof value === 'string') return SCALAR + value.length
  if (typeof value !== 'object' || value === null) return SCALAR
  if (ArrayBuffer.isView(value)) return SCALAR + value.byteLength
  let bytes = SCALAR
  if (Array.isArray(value)) for (const item of value) bytes += approximateBytes(item)
  else for (const [key, item] of Object.entries(value)) bytes += key.length + approximateBytes(item)
  return bytes
}
