// Page's own world (MAIN): the calls that are in flight or have not been sent, as rows of numbers, in the order in which
// they returned. A call is not an object: the garbage collector would copy each one that outlives its task, which costs
// more than everything else that is done for it.
import { Columns } from '../../wire/columns.ts'
import { bare, max } from '../primordials/natives.ts'
import { HAS_DETAILS, KIND_BITS, type PendingRequest, SETTLED } from './request-call.ts'
import type { RequestKey } from './request-key.ts'

/** Rows that there is room for at first, and at least. */
export const MIN_CAPACITY = 64

/** The fields of a row in `numbers`. */
const ID = 0
/** Clock readings from before and after the native call. The request's Resource Timing entry starts between the two. */
const START = 1
const CALLED = 2
const FLAGS = 3
/** Milliseconds that the native call took. In a row that is added again, CALLED only keeps the order. */
const CALL_DURATION = 4
const WIDTH = 5

export interface RequestTable {
  /** `called` never decreases. The flags of a call that was removed are 0. */
  numbers: Float64Array
  /** For each row its PendingRequest, which has the key, if the flags say that there is one; else its key. */
  refs: (RequestKey | PendingRequest)[]
  capacity: number
  /** Rows before this one are not in flight. */
  oldest: number
  /** Rows before this one have been sent as pending. */
  sent: number
  /** Rows before this one have been classified. */
  classified: number
  /** The number of rows. */
  filled: number
  /** How many rows have to be sent. */
  unsent: number
  /** How many rows are classified and in flight. */
  inFlight: number
  /** The ids of calls that were sent as pending and then abandoned. */
  abandoned: number[]
  /** No native call took longer, in milliseconds. */
  maxCallDuration: number
  lastId: number
}

export function createRequestTable(): RequestTable {
  return {
    numbers: new Columns.Float64Array(WIDTH * MIN_CAPACITY),
    // Without a prototype, on which a page could define a setter for an index.
    refs: bare([]),
    capacity: MIN_CAPACITY,
    oldest: 0,
    sent: 0,
    classified: 0,
    filled: 0,
    unsent: 0,
    inFlight: 0,
    abandoned: bare([]),
    maxCallDuration: 1,
    lastId: 0,
  }
}

export const idAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + ID] as number
export const startAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + START] as number
export const calledAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + CALLED] as number
export const flagsAt = ({ numbers }: RequestTable, row: number): number => numbers[WIDTH * row + FLAGS] as number
export const callDurationAt = ({ numbers }: RequestTable, row: number): number =>
  numbers[WIDTH * row + CALL_DURATION] as number

export const detailsAt = (table: RequestTable, row: number): PendingRequest | undefined =>
  flagsAt(table, row) & HAS_DETAILS ? (table.refs[row] as PendingRequest) : undefined

export const keyAt = (table: RequestTable, row: number): RequestKey =>
  detailsAt(table, row)?.key ?? (table.refs[row] as RequestKey)

/** The kind of a call that is in flight; 0 for any other. */
export function inFlightKindAt(table: RequestTable, row: number): number {
  const bits = flagsAt(table, row) & (KIND_BITS | SETTLED)
  return bits < SETTLED ? bits : 0
}

/** Rows are sent in the order in which they are added. */
export function addRow(
  table: RequestTable,
  id: number,
  flags: number,
  start: number,
  called: number,
  callDuration: number,
  ref: RequestKey | PendingRequest,
): void {
  if (table.filled === table.capacity) compact(table)
  const row = table.filled++
  const { numbers } = table
  numbers[WIDTH * row + ID] = id
  numbers[WIDTH * row + START] = start
  // Reading a call's arguments may make another call (a Proxy's trap), which then is in the row before.
  numbers[WIDTH * row + CALLED] = row > 0 ? max(called, calledAt(table, row - 1)) : called
  numbers[WIDTH * row + FLAGS] = flags
  numbers[WIDTH * row + CALL_DURATION] = callDuration
  table.refs[row] = ref
  table.unsent++
}

export function clearRow(table: RequestTable, row: number): void {
  table.numbers[WIDTH * row + FLAGS] = 0
}

/** Marks a call as to be sent for the last time; a row that was sent as pending is added again. */
export function settleRow(table: RequestTable, row: number, request: PendingRequest): void {
  const flags = flagsAt(table, row) | HAS_DETAILS | SETTLED
  if (row < table.sent) {
    clearRow(table, row)
    addRow(table, idAt(table, row), flags, startAt(table, row), 0, callDurationAt(table, row), request)
  } else {
    table.numbers[WIDTH * row + FLAGS] = flags
    table.refs[row] = request
  }
}

/** Has all calls in flight sent once more. */
export function resendInFlight(table: RequestTable): void {
  for (let row = table.oldest; row < table.sent; row++) if (inFlightKindAt(table, row)) table.unsent++
  if (table.oldest < table.sent) table.sent = table.oldest
}

/** Removes cleared rows, and leaves room for twice as many as are left. */
export function compact(table: RequestTable): void {
  const { numbers, refs, oldest, sent, classified, filled, unsent, inFlight } = table
  let capacity = MIN_CAPACITY
  while (capacity < 2 * (unsent + inFlight)) capacity *= 2
  if (capacity > table.capacity || capacity * 8 < table.capacity) {
    table.capacity = capacity
    table.numbers = new Columns.Float64Array(WIDTH * capacity)
  }
  let kept = 0
  for (let row = 0; row <= filled; row++) {
    if (row === oldest) table.oldest = kept
    if (row === sent) table.sent = kept
    if (row === classified) table.classified = kept
    if (row === filled || !numbers[WIDTH * row + FLAGS]) continue
    for (let i = 0; i < WIDTH; i++) table.numbers[WIDTH * kept + i] = numbers[WIDTH * row + i] as number
    refs[kept++] = refs[row] as RequestKey | PendingRequest
  }
  refs.length = table.filled = kept
}
