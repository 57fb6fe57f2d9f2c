// Page's own world (MAIN): which call a Resource Timing entry belongs to. There is no official link
// (w3c/resource-timing#102): an entry starts within its call, so the two clock readings around the native call
// enclose the entry's start; only calls of the same URL within one step of the clock can't be told apart.
import { awaitedKindAt, calledAt, type RequestTable, startAt, targetAt } from './request-table.ts'

export interface Match {
  row: number
  /** Whether another call could own the entry as well. */
  inferred: boolean
}

/** The awaited call that an entry of this kind, URL and start belongs to. */
export function matchEntry(table: RequestTable, kind: number, url: string, startTime: number): Match | undefined {
  const { oldest, admitted, longest } = table
  const owns = (row: number): boolean => awaitedKindAt(table, row) === kind && targetAt(table, row).place === url
  /** The first call that returned at the entry's start or later. */
  let first = oldest
  for (let end = admitted; first < end; ) {
    const middle = (first + end) >> 1
    if (calledAt(table, middle) < startTime) first = middle + 1
    else end = middle
  }
  let row: number | undefined
  let others = 0
  for (let i = first; i < admitted && calledAt(table, i) - longest < startTime; i++) {
    if (startAt(table, i) > startTime || !owns(i)) continue
    if (row === undefined) row = i
    else others++
  }
  // A request may start after its call, from a service worker or a queue: it is then the latest's.
  for (let i = row === undefined ? admitted : 0; --i >= oldest; ) {
    if (!owns(i)) continue
    if (row === undefined && i < first) row = i
    else others++
  }
  return row === undefined ? undefined : { row, inferred: others > 0 }
}
