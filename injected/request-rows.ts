// Page's own world (MAIN): requests as the wire's columns.
import { Columns, createOperationColumns, type OperationColumns } from '../wire/operations.ts'
import { GIVEN_UP } from '../wire/page-words.ts'
import { createRequestColumns, INFERRED, MANUAL_REDIRECT } from '../wire/request-columns.ts'
import { TIMING_FIELDS, TIMING_WIDTH } from '../wire/request-timing.ts'
import { entryFields } from './entry-fields.ts'
import { min } from './natives.ts'
import { append, indexIn } from './own-array.ts'
import { KIND_BITS, SETTLED } from './request-call.ts'
import { clearRow, factsAt, flagsAt, idAt, type RequestTable, startAt, targetAt } from './request-table.ts'

let batches = 0

/**
 * Tells at most `limit` of the table's calls, all of which are admitted, and which of those told before are given up.
 * Undefined where there is nothing to tell.
 */
export function writeRequests(table: RequestTable, limit: number): OperationColumns | undefined {
  const { oldest, told, dismissed } = table
  const count = min(limit, table.untold)
  if (count + dismissed.length === 0) return undefined
  const batch = ++batches
  let timed = 0
  for (let row = told, i = 0; i < count; row++) {
    if (!flagsAt(table, row)) continue
    i++
    if (factsAt(table, row)?.entry) timed++
  }
  const requests = createRequestColumns(count, timed * TIMING_WIDTH)
  const { methods, urls, state, figuresOf, figures, protocols } = requests
  const columns = createOperationColumns(count, requests)
  const { id, kind, outcome, name, start, duration, details } = columns
  if (dismissed.length > 0) {
    const givenUp = new Columns.Uint32Array(dismissed.length)
    for (let i = 0; i < dismissed.length; i++) givenUp[i] = dismissed[i] as number
    requests.givenUp = givenUp
    dismissed.length = 0
  }
  let row = told
  let written = 0
  for (let i = 0; i < count; row++) {
    const flags = flagsAt(table, row)
    if (!flags) continue
    const target = targetAt(table, row)
    if (target.toldIn !== batch) {
      target.toldIn = batch
      target.nameIndex = urls.length
      append(urls, target.shownUrl)
      append(methods, target.method)
    }
    id[i] = idAt(table, row)
    kind[i] = flags & KIND_BITS
    name[i] = target.nameIndex
    start[i] = startAt(table, row)
    const facts = factsAt(table, row)
    // What is not known is none, or NaN.
    outcome[i] = facts?.outcome as number
    duration[i] = facts?.duration as number
    const endUnknown = !(flags & SETTLED) && row < oldest ? GIVEN_UP : facts?.endUnknown
    state[i] = (flags & MANUAL_REDIRECT) | (endUnknown as number) | (facts?.inferred ? INFERRED : 0)
    const error = facts?.error
    const graphql = facts?.graphql
    if (error || graphql) append(details, [i, { error, graphql }])
    const entry = facts?.entry
    if (entry) {
      for (let field = 0; field < TIMING_FIELDS.length; field++) {
        figures[written++] = entryFields[TIMING_FIELDS[field] as (typeof TIMING_FIELDS)[number]](entry)
      }
      const protocol = entryFields.nextHopProtocol(entry)
      if (indexIn(protocols, protocol) < 0) append(protocols, protocol)
      figures[written++] = indexIn(protocols, protocol)
      figures[written++] = entryFields.deliveryType(entry) === 'cache' ? 1 : 0
      figuresOf[i] = written / TIMING_WIDTH
    }
    if (flags & SETTLED || row < oldest) clearRow(table, row)
    i++
  }
  table.untold -= count
  table.told = row
  return columns
}
