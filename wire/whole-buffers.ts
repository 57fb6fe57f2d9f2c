// Any world: what comes along with columns. A typed array that is cloned or stored takes its whole buffer with it, and columns
// that share a buffer take it once: https://html.spec.whatwg.org/#structuredserializeinternal

/** True if the columns fill the buffers that they are on, so that nothing else comes along. Shared memory is refused. */
export function fillTheirBuffers(
  columns: readonly (Uint8Array | Uint32Array | Float32Array | Float64Array)[],
): boolean {
  let bytes = 0
  for (const buffer of new Set(columns.map(column => column.buffer))) {
    if (!(buffer instanceof ArrayBuffer)) return false
    bytes += buffer.byteLength
  }
  return bytes === columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
}
