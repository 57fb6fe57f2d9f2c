// Page's own world (MAIN): the calls of which something is still to be told or to become known, as rows of numbers, in
// the order in which they returned. A call is no object: one that outlives its task is copied by the collector, which
// costs more than all else that is done for it.
import { Columns } from '../../wire/columns.ts'
import { bare, max } from '../primordials/natives.ts'
import { type CallFacts, FACTS, KIND_BITS, SETTLED } from './request-call.ts'
import type { RequestTarget } from './request-key.ts'

/** Rows that there is room for at first, and at least. */
export const MIN_CAPACITY = 64

/** What a row has in `numbers`: clock readings around the native call, between which its Resource Timing entry starts. */
const ID = 0
const START = 1
const CALLED = 2
const FLAGS = 3
/** Milliseconds that the native call took: of a row that is added again, CALLED keeps the order alone. */
const CALL_DURATION = 4
const WIDTH = 5

export interface RequestTable {
  /** `called` never decreases; the flags of a call that was taken out are 0. */
  numbers: Float64Array
  /** Of each row its facts, which have the target in them, where the flags say that there are any; else its target. */
  refs: (RequestTarget | CallFacts)[]
  capacity: number
  /** Numbers of rows: what is before is awaited no more; was told, as pending; was looked at; and where they end. */
  oldest: number
  told: number
  admitted: number
  filled: number
  /** How many of them are to be told, and are awaited. */
  untold: number
  awaited: number
  /** The ids of those that were told and then given up. */
  dismissed: number[]
  /** Milliseconds that none of the native calls took. */
  longest: number
  lastId: number
}

export function createRequestTable(): RequestTable {
  return {
    numbers: new Columns.Float64Array(WIDTH * MIN_CAPACITY),
    // Without a prototype, on which a page could put a setter for an index.
    refs: bare([]),
    capacity: MIN_CAPACITY,
    oldest: 0,
    told: 0,
    admitted: 0,
    filled: 0,
    untold: 0,
    awaited: 0,
    dismissed: bare([]),
    longest: 1,
    lastId: 0,
  }
}

export const idAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + ID] as number
export const startAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + START] as number
export const calledAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + CALLED] as number
export const callDurationAt = ({ numbers }: RequestTable, row: number): number =>
  numbers[WIDTH * row + CALL_DURATION] as number
export const flagsAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + FLAGS] as number

export const factsAt = (table: RequestTable, row: number): CallFacts | undefined =>
  flagsAt(table, row) & FACTS ? (table.refs[row] as CallFacts) : undefined

export const targetAt = (table: RequestTable, row: number): RequestTarget =>
  factsAt(table, row)?.target ?? (table.refs[row] as RequestTarget)

/** The kind of a call whose end is awaited; 0 for others. */
export function awaitedKindAt(table: RequestTable, row: number): number {
  const bits = flagsAt(table, row) & (KIND_BITS | SETTLED)
  return bits < SETTLED ? bits : 0
}

/** Rows are told in this order. */
export function addRow(
  table: RequestTable,
  id: number,
  flags: number,
  start: number,
  called: number,
  callDuration: number,
  ref: RequestTarget | CallFacts,
): void {
  if (table.filled === table.capacity) tidy(table)
  const row = table.filled++
  const { numbers } = table
  numbers[WIDTH * row + ID] = id
  numbers[WIDTH * row + START] = start
  // Reading a call may make another (a Proxy's trap), which is then before it.
  numbers[WIDTH * row + CALLED] = row > 0 ? max(called, calledAt(table, row - 1)) : called
  numbers[WIDTH * row + FLAGS] = flags
  numbers[WIDTH * row + CALL_DURATION] = callDuration
  table.refs[row] = ref
  table.untold++
}

export function clearRow(table: RequestTable, row: number): void {
  table.numbers[WIDTH * row + FLAGS] = 0
}

/** Has the call told for the last time, again if it was told before. */
export function settleRow(table: RequestTable, row: number, facts: CallFacts): void {
  const flags = flagsAt(table, row) | FACTS | SETTLED
  if (row < table.told) {
    clearRow(table, row)
    addRow(table, idAt(table, row), flags, startAt(table, row), 0, callDurationAt(table, row), facts)
  } else {
    table.numbers[WIDTH * row + FLAGS] = flags
    table.refs[row] = facts
  }
}

/** Leaves out what is done with, and has room for twice what is left. */
export function tidy(table: RequestTable): void {
  const { numbers, refs, oldest, told, admitted, filled, untold, awaited } = table
  let capacity = MIN_CAPACITY
  while (capacity < 2 * (untold + awaited)) capacity *= 2
  if (capacity > table.capacity || capacity * 8 < table.capacity) {
    table.capacity = capacity
    table.numbers = new Columns.Float64Array(WIDTH * capacity)
  }
  let kept = 0
  for (let row = 0; row <= filled; row++) {
    if (row === oldest) table.oldest = kept
    if (row === told) table.told = kept
    if (row === admitted) table.admitted = kept
    if (row === filled || !numbers[WIDTH * row + FLAGS]) continue
    for (let i = 0; i < WIDTH; i++) table.numbers[WIDTH * kept + i] = numbers[WIDTH * row + i] as number
    refs[kept++] = refs[row] as RequestTarget | CallFacts
  }
  refs.length = table.filled = kept
}
