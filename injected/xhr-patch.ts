// Page's own world (MAIN): sees XMLHttpRequests being sent and aborted. No listener is added and no property set:
// a listener on `upload` forces a CORS preflight, and the page could see the rest.
import { readGraphql } from './graphql-name.ts'
import { exceptionName, xhrTimeout } from './natives.ts'
import { itemAt } from './own-array.ts'
import { OwnWeakMap } from './own-map.ts'
import { patchFunction } from './patch-function.ts'
import { read } from './read.ts'
import { createCall, type RequestCall, readUrl, text } from './request-call.ts'
import { undoAll } from './undo-all.ts'

/** What `open` said, until `send` makes a request of it, and the request then. Objects are reused. */
interface XhrState {
  method: string
  url: string | undefined
  call: RequestCall | undefined
}

/** Calls `onCall` with each request that is sent; a later abort sets its `abortTime`. Returns the undo. */
export function patchXhr(nextId: () => number, onCall: (call: RequestCall) => void): () => void {
  const states = new OwnWeakMap<object, XhrState>()

  const undo = [
    patchFunction(XMLHttpRequest.prototype, 'open', ({ self, args, thrown }) => {
      if (thrown !== undefined) return
      const method = text(itemAt(args, 0)) ?? 'GET'
      const state: XhrState = { method, url: readUrl(itemAt(args, 1)), call: undefined }
      states.set(self as object, state)
    }),
    patchFunction(XMLHttpRequest.prototype, 'send', ({ self, args, start, called, thrown }) => {
      const state = states.get(self as object)
      if (!state || isMisuse(thrown)) return
      const { url, method } = state
      state.call = {
        ...createCall(nextId(), 'xhr', start, called),
        url,
        method,
        timeout: xhrTimeout(self) as number,
        graphql: readGraphql(url, () => itemAt(args, 0)),
      }
      onCall(state.call)
    }),
    patchFunction(XMLHttpRequest.prototype, 'abort', ({ self, start }) => {
      const call = states.get(self as object)?.call
      if (call) call.abortTime = start
    }),
  ]
  return () => undoAll(undo)
}

/** XHR §3.5.6: `send` throws an InvalidStateError when nothing was opened or it was sent already. */
function isMisuse(thrown: unknown): boolean {
  return read(exceptionName, thrown) === 'InvalidStateError'
}
