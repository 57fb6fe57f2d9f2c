// Page's own world (MAIN): sees the calls of fetch.
import { patchFunction } from './patch-function.ts'
import { argument } from './read.ts'
import { type RequestCall, readFetchCall } from './request-call.ts'

/** Calls `onCall` with each call of `window.fetch`. Returns the undo. */
export function patchFetch(nextId: () => number, onCall: (call: RequestCall) => void): () => void {
  return patchFunction(window, 'fetch', ({ args, start, called }) => {
    onCall(readFetchCall(nextId(), argument(args, 0), argument(args, 1), start, called))
  })
}
