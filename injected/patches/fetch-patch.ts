// Page's own world (MAIN): sees the calls of fetch.
import { itemAt } from '../primordials/safe-array.ts'
import { type CallLog, logFetch } from '../requests/request-call.ts'
import { patchFunction } from './patch-function.ts'

/** Logs each call of `window.fetch`. Returns the undo. */
export function patchFetch(log: CallLog): () => void {
  return patchFunction(window, 'fetch', (_self, args, start, called) => {
    logFetch(log, itemAt(args, 0), itemAt(args, 1), start, called)
  })
}
