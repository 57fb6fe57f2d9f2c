// Page's own world (MAIN): requests as the wire's columns.
import { Columns } from '../../wire/columns.ts'
import { createOperationColumns, type RawOperationColumns } from '../../wire/operations.ts'
import { TOO_MANY_IN_FLIGHT } from '../../wire/reason-codes.ts'
import {
  CALL_FLAG_BITS,
  createRawRequestColumns,
  INFERRED,
  TIMING_FIELDS,
  TIMING_WIDTH,
} from '../../wire/request-columns.ts'
import { bare, min } from '../primordials/natives.ts'
import { indexIn } from '../primordials/safe-array.ts'
import { entryFields } from './entry-fields.ts'
import { KIND_BITS, SETTLED } from './request-call.ts'
import type { RequestKey } from './request-key.ts'
import { callDurationAt, clearRow, detailsAt, flagsAt, idAt, type RequestTable, startAt } from './request-table.ts'

let lastBatchId = 0

/**
 * Takes at most `limit` of the calls that have to be sent, all of which are classified, and the ids of those that were
 * abandoned after they had been sent. Returns undefined if there is nothing to send.
 */
export function writeRequests(table: RequestTable, limit: number): RawOperationColumns | undefined {
  const { oldest, sent, abandoned } = table
  const count = min(limit, table.unsent)
  if (count + abandoned.length === 0) return undefined
  const batchId = ++lastBatchId
  const requests = createRawRequestColumns(count)
  const { state, callDuration } = requests
  // Without a prototype, on which a page could define an iterator, or a setter for an index.
  const methods = bare(requests.methods)
  const urls = bare(requests.urls)
  const protocols = bare(requests.protocols)
  const columns = createOperationColumns(count, requests)
  const { id, kind, outcome, name, start, duration } = columns
  const details = bare(columns.details)
  if (abandoned.length > 0) {
    requests.abandoned = new Columns.Uint32Array(abandoned)
    abandoned.length = 0
  }
  const timing: number[] = bare([])
  let row = sent
  for (let i = 0; i < count; row++) {
    const flags = flagsAt(table, row)
    if (!flags) continue
    const request = detailsAt(table, row)
    const key = request?.key ?? (table.refs[row] as RequestKey)
    if (key.lastBatchId !== batchId) {
      key.lastBatchId = batchId
      key.nameIndex = urls.length
      urls[urls.length] = key.reportedUrl
      methods[methods.length] = key.method
    }
    id[i] = idAt(table, row)
    kind[i] = flags & KIND_BITS
    name[i] = key.nameIndex
    start[i] = startAt(table, row)
    duration[i] = Number.NaN
    callDuration[i] = callDurationAt(table, row)
    const settled = flags & SETTLED
    const isAbandoned = !settled && row < oldest ? TOO_MANY_IN_FLIGHT : 0
    let bits = (flags & CALL_FLAG_BITS) | isAbandoned
    if (settled | isAbandoned) clearRow(table, row)
    if (request) {
      // An unknown outcome becomes 0, which is PENDING, and an unknown duration NaN.
      outcome[i] = request.outcome as number
      duration[i] = request.duration as number
      if (!isAbandoned) bits |= request.endUnknown as number
      if (request.inferred) bits |= INFERRED
      const { error, graphql, stack, entry } = request
      if (error || graphql || stack) details[details.length] = [i, { error, graphql, stack }]
      if (entry) {
        for (let field = 0; field < TIMING_FIELDS.length; field++) {
          // Firefox has not all of them.
          timing[timing.length] = entryFields[TIMING_FIELDS[field] as (typeof TIMING_FIELDS)[number]](entry) || 0
        }
        const protocol = entryFields.nextHopProtocol(entry)
        if (indexIn(protocols, protocol) < 0) protocols[protocols.length] = protocol
        timing[timing.length] = indexIn(protocols, protocol)
        timing[timing.length] = entryFields.deliveryType(entry) === 'cache' ? 1 : 0
        if (timing.length === TIMING_WIDTH) requests.entryIndex = new Columns.Uint32Array(count)
        requests.entryIndex[i] = timing.length / TIMING_WIDTH
      }
    }
    state[i++] = bits
  }
  requests.timings = new Columns.Float64Array(timing)
  table.unsent -= count
  table.sent = row
  return columns
}
