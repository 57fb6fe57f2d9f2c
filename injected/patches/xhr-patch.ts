// Page's own world (MAIN): sees XMLHttpRequests being sent, aborted and timing out. No property is set, and no listener is
// added that the page could notice: one on `upload` would force a CORS preflight.
import { XHR } from '../../wire/operations.ts'
import { SYNCHRONOUS } from '../../wire/request-columns.ts'
import { apply, exceptionName, listenTo } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'
import { undoAll } from '../primordials/undo-all.ts'
import { readGraphql } from '../requests/graphql-name.ts'
import { readUrl, textOf } from '../requests/read-arguments.ts'
import { CallFacts, type CallLog } from '../requests/request-call.ts'
import { resolveInEncoding } from '../requests/resolve-url.ts'
import { patchFunction } from './patch-function.ts'

/** What `open` said, until `send` makes a request of it, and the request then. Objects are reused. */
interface XhrState {
  /** XHR, and SYNCHRONOUS if it is. */
  flags: number
  method: string | undefined
  url: string | undefined
  sent: CallFacts | undefined
}

/** Logs each request that is sent; a later abort, or `open` of the same object, sets its `abortTime`. Returns the undo. */
export function patchXhr(log: CallLog): () => void {
  const states = new SafeWeakMap<object, XhrState>()
  const abort = (self: unknown, time: number): void => {
    const sent = states.get(self as object)?.sent
    if (sent) sent.abortTime ??= time
  }
  /** One function for all: the platform adds it to an object once. */
  function onTimeout(this: object, { isTrusted }: Event): void {
    const sent = states.get(this)?.sent
    if (sent && isTrusted) sent.timedOut = true
  }

  const undo = [
    patchFunction(XMLHttpRequest.prototype, 'open', (self, args, start, _called, thrown) => {
      if (thrown !== undefined) return
      // XHR §3.5.1: what was sent before and has not ended is terminated.
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
      const target = log.targetOf(state.method, state.url)
      const facts = new CallFacts(target)
      if (target.graphql) facts.graphql = readGraphql(itemAt(args, 0))
      state.sent = facts
      log.note(state.flags, start, called, target, facts)
      // `timeout` may be set until the request has ended, and the time passes during the body, too.
      apply(listenTo, self, ['timeout', onTimeout])
    }),
    patchFunction(XMLHttpRequest.prototype, 'abort', (self, _args, start) => abort(self, start)),
  ]
  return () => undoAll(undo)
}

/** XHR §3.5.6: `send` throws an InvalidStateError when nothing was opened or it was sent already. */
function isMisuse(thrown: unknown): boolean {
  return thrown !== undefined && read(exceptionName, thrown) === 'InvalidStateError'
}
