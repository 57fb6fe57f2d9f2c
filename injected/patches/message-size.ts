// Page's own world (MAIN): the size of a WebSocket message, read without running page code.
import { blobSize, bufferSize, dataViewSize, toObject, utf8Length, viewSize } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'

/** Bytes. Primitives are sent as text in UTF-8. Anything that is no Blob, ArrayBuffer or view counts as 0. */
export function messageSize(data: unknown): number {
  if (toObject(data) !== data) return utf8Length(`${data}`)
  const size = read(bufferSize, data) ?? read(viewSize, data) ?? read(blobSize, data) ?? read(dataViewSize, data)
  return (size ?? 0) as number
}
