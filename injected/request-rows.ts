// Page's own world (MAIN): requests as the wire's columns.
import { Columns, createOperationColumns, KINDS, type OperationColumns, OUTCOMES } from '../wire/operations.ts'
import { createRequestColumns, INFERRED, MANUAL_REDIRECT } from '../wire/request-columns.ts'
import { TIMING_FIELDS, TIMING_WIDTH } from '../wire/request-timing.ts'
import { append, indexIn } from './own-array.ts'
import type { Queue } from './queue.ts'
import type { RequestCall } from './request-call.ts'
import type { RequestTarget } from './request-target.ts'

/** A call whose URL has been resolved. */
export interface AdmittedCall extends RequestCall {
  target: RequestTarget
}

let batches = 0

/** Takes `count` calls, which there have to be, and those that were told before and are given up. */
export function writeRequests(
  count: number,
  waiting: Queue<RequestCall>,
  givenUp: Queue<RequestCall>,
): OperationColumns {
  const batch = ++batches
  let timed = 0
  for (let call = waiting.first, i = 0; call && i < count; call = call.next, i++) if (call.end?.timing) timed++
  const requests = createRequestColumns(count, timed * TIMING_WIDTH)
  const { methods, urls, state, figuresOf, figures, protocols } = requests
  const columns = createOperationColumns(count, requests)
  const { id, kind, outcome, name, start, duration, details } = columns
  if (givenUp.length > 0) requests.givenUp = new Columns.Uint32Array(givenUp.length)
  for (let call = givenUp.take(), i = 0; call; call = givenUp.take(), i++) {
    ;(requests.givenUp as Uint32Array)[i] = call.id
  }
  let written = 0
  for (let i = 0; i < count; i++) {
    const call = waiting.take() as AdmittedCall
    const { target, end, graphql } = call
    call.waiting = false
    id[i] = call.id
    kind[i] = indexIn(KINDS, call.kind)
    if (target.batch !== batch) {
      target.batch = batch
      target.nameIndex = urls.length
      append(urls, target.shownUrl)
      append(methods, target.method)
    }
    name[i] = target.nameIndex
    start[i] = call.start
    duration[i] = end ? end.duration : Number.NaN
    state[i] = call.endUnknown + (call.manual ? MANUAL_REDIRECT : 0) + (end?.inferred ? INFERRED : 0)
    if (end) outcome[i] = indexIn(OUTCOMES, end.outcome)
    const error = end?.error
    if (error || graphql) append(details, [i, { error, graphql }])
    const timing = end?.timing
    if (!timing) continue
    for (let field = 0; field < TIMING_FIELDS.length; field++) {
      figures[written++] = timing[TIMING_FIELDS[field] as (typeof TIMING_FIELDS)[number]]
    }
    const protocol = indexIn(protocols, timing.nextHopProtocol)
    if (protocol < 0) append(protocols, timing.nextHopProtocol)
    figures[written++] = protocol < 0 ? protocols.length - 1 : protocol
    figures[written++] = timing.deliveryType === 'cache' ? 1 : 0
    figuresOf[i] = written / TIMING_WIDTH
  }
  return columns
}
