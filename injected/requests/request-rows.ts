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
import type { RequestTarget } from './request-key.ts'
import { callDurationAt, clearRow, factsAt, flagsAt, idAt, type RequestTable, startAt } from './request-table.ts'

let batches = 0

/**
 * Tells at most `limit` of the table's calls, all of which are admitted, and which of those told before are given up.
 * Undefined where there is nothing to tell.
 */
export function writeRequests(table: RequestTable, limit: number): RawOperationColumns | undefined {
  const { oldest, told, dismissed } = table
  const count = min(limit, table.untold)
  if (count + dismissed.length === 0) return undefined
  const batch = ++batches
  const requests = createRawRequestColumns(count)
  const { state } = requests
  // Without a prototype, on which a page could put an iterator, or a setter for an index.
  const methods = bare(requests.methods)
  const urls = bare(requests.urls)
  const protocols = bare(requests.protocols)
  const columns = createOperationColumns(count, requests)
  const { id, kind, outcome, name, start, duration } = columns
  const details = bare(columns.details)
  if (dismissed.length > 0) {
    requests.abandoned = new Columns.Uint32Array(dismissed)
    dismissed.length = 0
  }
  const timing: number[] = bare([])
  let row = told
  for (let i = 0; i < count; row++) {
    const flags = flagsAt(table, row)
    if (!flags) continue
    const facts = factsAt(table, row)
    const target = facts?.target ?? (table.refs[row] as RequestTarget)
    if (target.toldIn !== batch) {
      target.toldIn = batch
      target.nameIndex = urls.length
      urls[urls.length] = target.shownUrl
      methods[methods.length] = target.givenMethod
    }
    id[i] = idAt(table, row)
    kind[i] = flags & KIND_BITS
    name[i] = target.nameIndex
    start[i] = startAt(table, row)
    duration[i] = Number.NaN
    requests.callDuration[i] = callDurationAt(table, row)
    const settled = flags & SETTLED
    const givenUp = !settled && row < oldest ? TOO_MANY_IN_FLIGHT : 0
    let bits = (flags & CALL_FLAG_BITS) | givenUp
    if (settled | givenUp) clearRow(table, row)
    if (facts) {
      // What is not known is none, or NaN.
      outcome[i] = facts.outcome as number
      duration[i] = facts.duration as number
      if (!givenUp) bits |= facts.endUnknown as number
      if (facts.inferred) bits |= INFERRED
      const { error, graphql, stack, entry } = facts
      if (error || graphql || stack) details[details.length] = [i, { error, graphql, stack }]
      if (entry) {
        for (let field = 0; field < TIMING_FIELDS.length; field++) {
          timing[timing.length] = entryFields[TIMING_FIELDS[field] as (typeof TIMING_FIELDS)[number]](entry)
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
  table.untold -= count
  table.told = row
  return columns
}
