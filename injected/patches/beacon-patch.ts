// Page's own world (MAIN): sees beacons.
import { BEACON } from '../../wire/operations.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { readUrl } from '../requests/read-arguments.ts'
import { CallFacts, type CallLog } from '../requests/request-call.ts'
import { resolveInEncoding } from '../requests/resolve-url.ts'
import { patchFunction } from './patch-function.ts'

/** Logs each beacon. Returns the undo. */
export function patchBeacon(log: CallLog): () => void {
  return patchFunction(Navigator.prototype, 'sendBeacon', (_self, args, start, called, thrown, result) => {
    if (thrown !== undefined) return
    const target = log.targetOf('POST', readUrl(itemAt(args, 0), resolveInEncoding))
    const facts = new CallFacts(target)
    // Beacon §2.1: false when the user agent's limit for queued data is reached.
    if (result === false) facts.refusal = 'beacon-refused'
    log.note(BEACON, start, called, target, facts)
  })
}
