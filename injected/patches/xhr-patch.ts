// Page's own world (MAIN): sees XMLHttpRequests being sent, aborted and timing out. It sets no property, and adds no
// listener that the page could notice: one on `upload` would force a CORS preflight
// (https://xhr.spec.whatwg.org/#the-send()-method, step 5).
import { XHR } from '../../wire/operations.ts'
import { SYNCHRONOUS } from '../../wire/request-columns.ts'
import { apply, exceptionName, listenTo } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'
import { undoAll } from '../primordials/undo-all.ts'
import { readGraphql } from '../requests/graphql-name.ts'
import { readUrl, textOf } from '../requests/read-arguments.ts'
import { type CallLog, PendingRequest } from '../requests/request-call.ts'
import { resolveInEncoding } from '../requests/resolve-url.ts'
import { patchFunction } from './patch-function.ts'

/** The arguments of `open`, and the request that `send` made of them. Objects are reused. */
interface XhrState {
  /** XHR, and SYNCHRONOUS if it is. */
  flags: number
  method: string | undefined
  url: string | undefined
  sent: PendingRequest | undefined
}

/** Logs each request that is sent. Returns the undo. */
export function patchXhr(log: CallLog): () => void {
  const states = new SafeWeakMap<object, XhrState>()
  const abort = (self: unknown, time: number): void => {
    const sent = states.get(self as object)?.sent
    if (sent) sent.abortTime ??= time
  }
  /** The same function for all objects, so that the platform adds it to each once. */
  function onTimeout(this: object, { isTrusted }: Event): void {
    const sent = states.get(this)?.sent
    if (sent && isTrusted) sent.timedOut = true
  }

  const undo = [
    patchFunction(XMLHttpRequest.prototype, 'open', (self, args, start, _called, thrown) => {
      if (thrown !== undefined) return
      // It terminates a request that was sent before: https://xhr.spec.whatwg.org/#the-open()-method.
      abort(self, start)
      const method = textOf(itemAt(args, 0))
      const url = readUrl(itemAt(args, 1), resolveInEncoding)
      // Web IDL: an argument that is given is converted to a boolean, `undefined` too.
      const flags = args.length > 2 && !itemAt(args, 2) ? XHR | SYNCHRONOUS : XHR
      states.set(self as object, { flags, method, url, sent: undefined })
    }),
    patchFunction(XMLHttpRequest.prototype, 'send', (self, args, start, called, thrown) => {
      const state = states.get(self as object)
      if (!state || isMisuse(thrown)) return
      const key = log.keyOf(state.method, state.url)
      const request = new PendingRequest(key)
      if (key.graphql) request.graphql = readGraphql(itemAt(args, 0))
      state.sent = request
      log.add(state.flags, start, called, key, request)
      // `timeout` can be set until the request has ended, and can pass during the body.
      apply(listenTo, self, ['timeout', onTimeout])
    }),
    patchFunction(XMLHttpRequest.prototype, 'abort', (self, _args, start) => abort(self, start)),
  ]
  return () => undoAll(undo)
}

/** `send` throws an InvalidStateError if nothing was opened or it was sent already. */
function isMisuse(thrown: unknown): boolean {
  return thrown !== undefined && read(exceptionName, thrown) === 'InvalidStateError'
}
