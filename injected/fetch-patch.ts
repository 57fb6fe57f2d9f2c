// Page's own world (MAIN): sees the calls of fetch.
import { itemAt } from './own-array.ts'
import { patchFunction } from './patch-function.ts'
import { type RequestCall, readFetchCall } from './request-call.ts'

/** Calls `onCall` with each call of `window.fetch`. Returns the undo. */
export function patchFetch(nextId: () => number, onCall: (call: RequestCall) => void): () => void {
  return patchFunction(window, 'fetch', ({ args, start, called }) => {
    onCall(readFetchCall(nextId(), itemAt(args, 0), itemAt(args, 1), start, called))
  })
}
