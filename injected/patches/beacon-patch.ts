// Page's own world (MAIN): sees the calls of `sendBeacon`.
import { BEACON } from '../../wire/operations.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { readUrl } from '../requests/read-arguments.ts'
import { type CallLog, PendingRequest } from '../requests/request-call.ts'
import { resolveInEncoding } from '../requests/resolve-url.ts'
import { patchFunction } from './patch-function.ts'

/** Logs each beacon. Returns the undo. */
export function patchBeacon(log: CallLog): () => void {
  return patchFunction(Navigator.prototype, 'sendBeacon', (_self, args, start, called, thrown, result) => {
    if (thrown !== undefined) return
    const key = log.keyOf('POST', readUrl(itemAt(args, 0), resolveInEncoding))
    const request = new PendingRequest(key)
    // The browser's limit for queued data is reached: https://w3c.github.io/beacon/#return-value.
    if (result === false) request.rejectedReason = 'beacon-refused'
    log.add(BEACON, start, called, key, request)
  })
}
