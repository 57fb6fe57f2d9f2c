// Page's own world (MAIN): which call a Resource Timing entry belongs to. There is no official link
// (https://github.com/w3c/resource-timing/issues/102). An entry starts while the native call runs, so the clock readings
// around the call enclose the entry's start. Only calls of one URL within one step of the clock can't be distinguished.
import { calledAt, inFlightKindAt, keyAt, type RequestTable, startAt } from './request-table.ts'

export interface Match {
  row: number
  /** Whether another call could own the entry as well. */
  inferred: boolean
}

/** The call in flight that an entry of this kind, URL and start belongs to. */
export function matchEntry(table: RequestTable, kind: number, url: string, startTime: number): Match | undefined {
  const { oldest, classified, maxCallDuration } = table
  const owns = (row: number): boolean => inFlightKindAt(table, row) === kind && keyAt(table, row).timingKey === url
  /** The first call that returned at the entry's start or later. */
  let first = oldest
  for (let end = classified; first < end; ) {
    const middle = (first + end) >> 1
    if (calledAt(table, middle) < startTime) first = middle + 1
    else end = middle
  }
  let row: number | undefined
  let others = 0
  for (let i = first; i < classified && calledAt(table, i) - maxCallDuration < startTime; i++) {
    if (startAt(table, i) > startTime || !owns(i)) continue
    if (row === undefined) row = i
    else others++
  }
  // A request may start after its call, from a service worker or a queue. Then it is the latest call's.
  for (let i = row === undefined ? classified : 0; --i >= oldest; ) {
    if (!owns(i)) continue
    if (row === undefined && i < first) row = i
    else others++
  }
  return row === undefined ? undefined : { row, inferred: others > 0 }
}
