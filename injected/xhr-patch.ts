// Page's own world (MAIN): sees XMLHttpRequests being sent and aborted. No listener is added and no property set:
// a listener on `upload` forces a CORS preflight, and the page could see the rest.
import { apply, xhrTimeout } from './natives.ts'
import { patchFunction } from './patch-function.ts'
import { createCall, normalizeMethod, type RequestCall, readUrl } from './request-call.ts'

/** What `open` said, until `send` makes a request of it, and the request then. Objects are reused. */
interface XhrState {
  method: string
  url: string | undefined
  call: RequestCall | undefined
}

const { get: getState, set: setState } = WeakMap.prototype

/** Calls `onCall` with each request that is sent; a later abort sets its `abortTime`. Returns the undo. */
export function patchXhr(nextId: () => number, onCall: (call: RequestCall) => void): () => void {
  const states = new WeakMap<object, XhrState>()
  const stateOf = (xhr: unknown): XhrState | undefined => apply(getState, states, [xhr]) as XhrState | undefined

  const undo = [
    patchFunction(XMLHttpRequest.prototype, 'open', ({ self, args: [method, url], thrown }) => {
      if (thrown !== undefined) return
      const state: XhrState = { method: normalizeMethod(method) ?? 'GET', url: readUrl(url), call: undefined }
      apply(setState, states, [self, state])
    }),
    patchFunction(XMLHttpRequest.prototype, 'send', ({ self, start, called, thrown }) => {
      const state = stateOf(self)
      if (!state || isMisuse(thrown)) return
      const { url, method } = state
      state.call = {
        ...createCall(nextId(), 'xhr', start, called),
        url,
        method,
        timeout: Number(xhrTimeout(self)),
      }
      onCall(state.call)
    }),
    patchFunction(XMLHttpRequest.prototype, 'abort', ({ self, start }) => {
      const call = stateOf(self)?.call
      if (call) call.abortTime = start
    }),
  ]
  return () => {
    for (const each of undo) each()
  }
}

/** XHR §3.5.6: `send` throws an InvalidStateError when nothing was opened or it was sent already. */
function isMisuse(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'InvalidStateError'
}
