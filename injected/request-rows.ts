// Page's own world (MAIN): requests as the wire's columns.
import {
  createOperationColumns,
  KINDS,
  type OperationColumns,
  type OperationDetail,
  OUTCOMES,
} from '../wire/operations.ts'
import { append, filled, indexIn } from './own-array.ts'
import type { RequestCall } from './request-call.ts'
import type { RequestTarget } from './request-target.ts'

/** A call whose URL has been resolved. */
export interface AdmittedCall extends RequestCall {
  target: RequestTarget
}

let batches = 0

/** Takes `count` calls. */
export function writeRequests(count: number, take: () => AdmittedCall): OperationColumns {
  const batch = ++batches
  const columns = createOperationColumns(count)
  columns.details = filled(count)
  for (let i = 0; i < count; i++) {
    const call = take()
    const { target, end } = call
    columns.id[i] = call.id
    columns.kind[i] = indexIn(KINDS, call.kind)
    columns.outcome[i] = end ? indexIn(OUTCOMES, end.outcome) : 0
    if (target.batch !== batch) {
      target.batch = batch
      target.nameIndex = columns.strings.length
      append(columns.strings, target.name)
    }
    columns.name[i] = target.nameIndex
    columns.start[i] = call.start
    columns.duration[i] = end ? end.duration : Number.NaN
    columns.details[i] = [i, detailOf(call)]
  }
  return columns
}

function detailOf({ target, end, endUnknown, manual }: AdmittedCall): OperationDetail {
  const { method, shownUrl: url } = target
  if (!end && endUnknown === undefined && !manual && method !== '') return target.pending
  const http = {
    method,
    url,
    ...end?.http,
    ...(manual ? ({ redirect: 'manual' } as const) : undefined),
    ...(method === '' ? ({ source: 'resource-timing' } as const) : undefined),
    ...(endUnknown === undefined ? undefined : { endUnknown }),
  }
  return end?.error ? { http, error: end.error } : { http }
}
