// Page's own world (MAIN): sees XMLHttpRequests being sent and aborted. No listener is added and no property set:
// a listener on `upload` forces a CORS preflight, and the page could see the rest.
import { XHR } from '../../wire/operations.ts'
import { exceptionName, xhrTimeout } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { OwnWeakMap } from '../primordials/safe-map.ts'
import { undoAll } from '../primordials/undo-all.ts'
import { readGraphql } from '../requests/graphql-name.ts'
import { CallFacts, type CallLog, readUrl, text } from '../requests/request-call.ts'
import { patchFunction } from './patch-function.ts'

/** What `open` said, until `send` makes a request of it, and the request then. Objects are reused. */
interface XhrState {
  method: string
  url: string | undefined
  sent: CallFacts | undefined
}

/** Logs each request that is sent; a later abort, or `open` of the same object, sets its `abortTime`. Returns the undo. */
export function patchXhr(log: CallLog): () => void {
  const states = new OwnWeakMap<object, XhrState>()
  const abort = (self: unknown, time: number): void => {
    const sent = states.get(self as object)?.sent
    if (sent) sent.abortTime ??= time
  }

  const undo = [
    patchFunction(XMLHttpRequest.prototype, 'open', (self, args, start, _called, thrown) => {
      if (thrown !== undefined) return
      // XHR §3.5.1: what was sent before and has not ended is terminated.
      abort(self, start)
      const method = text(itemAt(args, 0)) ?? 'GET'
      const state: XhrState = { method, url: readUrl(itemAt(args, 1)), sent: undefined }
      states.set(self as object, state)
    }),
    patchFunction(XMLHttpRequest.prototype, 'send', (self, args, start, called, thrown) => {
      const state = states.get(self as object)
      if (!state || isMisuse(thrown)) return
      const target = log.targetOf(state.method, state.url)
      const facts = new CallFacts(target)
      facts.patience = xhrTimeout(self) as number
      if (target.graphql) facts.graphql = readGraphql(itemAt(args, 0))
      state.sent = facts
      log.note(XHR, start, called, target, facts)
    }),
    patchFunction(XMLHttpRequest.prototype, 'abort', (self, _args, start) => abort(self, start)),
  ]
  return () => undoAll(undo)
}

/** XHR §3.5.6: `send` throws an InvalidStateError when nothing was opened or it was sent already. */
function isMisuse(thrown: unknown): boolean {
  return read(exceptionName, thrown) === 'InvalidStateError'
}
