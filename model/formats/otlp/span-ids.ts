// Model: ids of traces and spans. They are the same each time that a session is exported, so sending it twice stores it once.

/** A trace's id of 32 hexadecimal digits. */
export function traceIdOf(session: string, operation: string): string {
  return `${hash64(`${session} trace ${operation}`)}${hash64(`${operation} trace ${session}`)}`
}

/** A span's id of 16 hexadecimal digits. */
export function spanIdOf(session: string, operation: string): string {
  return hash64(`${session} span ${operation}`)
}

/** Two multiplicative hashes of 32 bits, each mixed with the other at the end. No id may be zero, so the last bit is set. */
function hash64(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return hex(high) + hex(low | 1)
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}
