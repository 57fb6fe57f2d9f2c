// Page's own world (MAIN): sees XMLHttpRequests being sent, aborted and timing out. It sets no property, and adds no
// listener that the page could notice: one on `upload` would force a CORS preflight
// (https://xhr.spec.whatwg.org/#the-send()-method, step 5).
import { XHR } from '../../wire/operations.ts'
import { SYNCHRONOUS } from '../../wire/request-columns.ts'
import { apply, eventTime, exceptionName, listenTo, xhrState } from '../primordials/natives.ts'
import { read } from '../primordials/read.ts'
import { itemAt } from '../primordials/safe-array.ts'
import { SafeWeakMap } from '../primordials/safe-map.ts'
import { undoAll } from '../primordials/undo-all.ts'
import { readGraphql } from '../requests/graphql-name.ts'
import { readUrl, textOf } from '../requests/read-arguments.ts'
import { ABORTED, type CallLog, PendingRequest } from '../requests/request-call.ts'
import { resolveInEncoding } from '../requests/resolve-url.ts'
import { patchFunction } from './patch-function.ts'

const DONE = 4

/** The arguments of `open`, and the request that `send` made of them. Objects are reused. */
interface XhrState {
  /** XHR, and SYNCHRONOUS if it is. */
  flags: number
  method: string | undefined
  url: string | undefined
  /** When `open` was called. */
  opened: number
  sent: PendingRequest | undefined
  /** What was sent before that. */
  previous: PendingRequest | undefined
}

/** Logs each request that is sent. Returns the undo. */
export function patchXhr(log: CallLog): () => void {
  const states = new SafeWeakMap<object, XhrState>()
  /** The request that `abort` or `open` terminates: https://xhr.spec.whatwg.org/#the-abort()-method. */
  const running = (self: unknown): PendingRequest | undefined =>
    xhrState(self) === DONE ? undefined : states.get(self as object)?.sent
  const abort = (request: PendingRequest | undefined, time: number): void => {
    if (request) request.abortTime ??= time
  }
  /** The same function for all objects, so that the platform adds it to each once. */
  function onTimeout(this: object, event: Event): void {
    const state = states.get(this)
    // A listener of the page that came first may have opened it again.
    const sent = state && eventTime(event) <= state.opened ? state.previous : state?.sent
    if (sent && event.isTrusted) sent.timedOut = true
  }

  const undo = [
    patchFunction(
      XMLHttpRequest.prototype,
      'open',
      (self, args, start, _called, thrown, _result, terminated) => {
        if (thrown !== undefined) return
        abort(terminated, start)
        const method = textOf(itemAt(args, 0))
        const url = readUrl(itemAt(args, 1), resolveInEncoding)
        // Web IDL: an argument that is given is converted to a boolean, `undefined` too.
        const flags = args.length > 2 && !itemAt(args, 2) ? XHR | SYNCHRONOUS : XHR
        const previous = states.get(self as object)?.sent
        states.set(self as object, { flags, method, url, opened: start, sent: undefined, previous })
      },
      running,
    ),
    patchFunction<XhrState | undefined>(
      XMLHttpRequest.prototype,
      'send',
      (self, args, start, called, thrown, _result, state) => {
        const request = state?.sent
        if (!request || isMisuse(thrown)) return
        if (request.key.graphql) request.graphql = readGraphql(itemAt(args, 0))
        // Aborted by a listener for `loadstart`: the browser makes no request then.
        const isAborted = request.abortTime !== undefined && !(state.flags & SYNCHRONOUS)
        log.add(isAborted ? state.flags | ABORTED : state.flags, start, called, request.key, request)
        // `timeout` can be set until the request has ended, and can pass during the body.
        apply(listenTo, self, ['timeout', onTimeout])
      },
      self => {
        const state = states.get(self as object)
        if (state) state.sent ??= new PendingRequest(log.keyOf(state.method, state.url))
        return state
      },
    ),
    patchFunction(
      XMLHttpRequest.prototype,
      'abort',
      (_self, _args, start, _called, _thrown, _result, terminated) => abort(terminated, start),
      running,
    ),
  ]
  return () => undoAll(undo)
}

/** `send` throws an InvalidStateError if nothing was opened or it was sent already. */
function isMisuse(thrown: unknown): boolean {
  return thrown !== undefined && read(exceptionName, thrown) === 'InvalidStateError'
}
