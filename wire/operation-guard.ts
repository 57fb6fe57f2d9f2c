// Runs in every world and touches none: is this a batch of operations? An imported monitor may be of another
// version, and a page may hand over what it likes.
import { KINDS, type OperationColumns, OUTCOMES } from './operations.ts'

/** True if every column is what its type says, all are of one length, and every index points at something. */
export function isOperationColumns(value: unknown): value is OperationColumns {
  if (typeof value !== 'object' || value === null) return false
  const { id, kind, outcome, name, start, duration, parent, strings, details } = value as Partial<OperationColumns>
  if (!(id instanceof Uint32Array && name instanceof Uint32Array && parent instanceof Uint32Array)) return false
  if (!(kind instanceof Uint8Array && outcome instanceof Uint8Array)) return false
  if (!(start instanceof Float64Array && duration instanceof Float64Array)) return false
  if (!Array.isArray(strings) || !Array.isArray(details)) return false
  const { length } = id
  if ([kind, outcome, name, start, duration, parent].some(column => column.length !== length)) return false
  return (
    strings.every(string => typeof string === 'string') &&
    kind.every(index => index < KINDS.length) &&
    outcome.every(index => index < OUTCOMES.length) &&
    name.every(index => index < strings.length) &&
    start.every(time => Number.isFinite(time)) &&
    details.every(entry => isDetailOf(entry, length))
  )
}

function isDetailOf(entry: unknown, rows: number): boolean {
  if (!Array.isArray(entry) || entry.length !== 2) return false
  const [row, detail] = entry
  return Number.isInteger(row) && row >= 0 && row < rows && typeof detail === 'object' && detail !== null
}
