// Page's own world (MAIN): sees beacons.
import { itemAt } from './own-array.ts'
import { patchFunction } from './patch-function.ts'
import { createCall, type RequestCall, readUrl } from './request-call.ts'

/** Calls `onCall` with each beacon. Returns the undo. */
export function patchBeacon(nextId: () => number, onCall: (call: RequestCall) => void): () => void {
  return patchFunction(Navigator.prototype, 'sendBeacon', ({ args, start, called, result, thrown }) => {
    if (thrown !== undefined) return
    const call = { ...createCall(nextId(), 'beacon', start, called), url: readUrl(itemAt(args, 0)), method: 'POST' }
    // Beacon §2.1: false when the user agent's limit for queued data is reached.
    if (result === false) call.refused = 'refused'
    onCall(call)
  })
}
