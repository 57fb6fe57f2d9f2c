// Runs in every world and touches none: what comes along with columns. A typed array that is cloned or stored takes the
// whole of its buffer with it, and columns that share one take it once.

/** True if nothing does: the columns fill the buffers that they are on, which are no shared memory. */
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
