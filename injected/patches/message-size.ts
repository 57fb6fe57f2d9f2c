// Page's own world (MAIN): how many bytes a message has, without running page code.
import { blobSize, bufferSize, dataViewSize, toObject, utf8Length, viewSize } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'

/** UTF-8 bytes of a text, which any primitive is sent as; the size of a Blob, an ArrayBuffer or a view. 0 for all else. */
export function messageSize(data: unknown): number {
  if (toObject(data) !== data) return utf8Length(`${data}`)
  const size = read(bufferSize, data) ?? read(viewSize, data) ?? read(blobSize, data) ?? read(dataViewSize, data)
  return (size ?? 0) as number
}
