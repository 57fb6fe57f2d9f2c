// Page's own world (MAIN): how many bytes a message has, without running page code.
import { blobSize, bufferSize, encodeUtf8 } from './natives.ts'

/** UTF-8 bytes of a string; the size of a Blob, an ArrayBuffer or a view of one. 0 for anything else. */
export function messageSize(data: unknown): number {
  if (typeof data === 'string') return encodeUtf8(data).length
  for (const size of [bufferSize, blobSize]) {
    try {
      return Number(size(data))
    } catch {
      // Not of this type.
    }
  }
  return ArrayBuffer.isView(data) ? data.byteLength : 0
}
