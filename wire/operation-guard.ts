// Any world: is this a batch of operations? An imported monitor may be of another version, and a page may hand over what
// it likes.
import { KINDS, OUTCOMES, PENDING, type RawOperationColumns } from './operations.ts'
import { fillTheirBuffers } from './whole-buffers.ts'

/** Characters of a name: a hundred times what the monitor itself keeps. */
export const MAX_FOREIGN_NAME_LENGTH = 50_000

/** Operations in a batch, and names and details of them: all that can be pending, and more than is sent at a time. */
export const MAX_ROWS = 200_000

/**
 * True if every column is what its type says, all have one length, and nothing else comes along with them: they can be cloned,
 * at a known cost. What the details hold is not checked.
 */
export function areColumns(value: unknown): value is RawOperationColumns<object> {
  if (typeof value !== 'object' || value === null) return false
  const { id, kind, outcome, name, start, duration, parent, strings, details } = value as Partial<
    RawOperationColumns<object>
  >
  if (!(id instanceof Uint32Array && name instanceof Uint32Array && parent instanceof Uint32Array)) return false
  if (!(kind instanceof Uint8Array && outcome instanceof Uint8Array)) return false
  if (!(start instanceof Float64Array && duration instanceof Float64Array)) return false
  if (!Array.isArray(strings) || !Array.isArray(details)) return false
  const { length } = id
  if (length > MAX_ROWS || strings.length > MAX_ROWS || details.length > length) return false
  const columns = [id, kind, outcome, name, start, duration, parent]
  const isWhole = (column: (typeof columns)[number]): boolean =>
    column.length === length || (column === parent && column.length === 0)
  if (!columns.every(isWhole) || !fillTheirBuffers(columns)) return false
  return all(strings, isName) && all(details, entry => isDetailOf(entry, length))
}

/** True if they are columns in which every index points at something, and times are finite. */
export function isOperationColumns(value: unknown): value is RawOperationColumns<object> {
  if (!areColumns(value)) return false
  const { kind, outcome, name, start, duration, strings } = value
  for (let row = 0; row < kind.length; row++) {
    const took = duration[row] as number
    if ((kind[row] as number) >= KINDS.length || (outcome[row] as number) >= OUTCOMES.length) return false
    if ((name[row] as number) >= strings.length || !Number.isFinite(start[row])) return false
    if (outcome[row] === PENDING ? !Number.isNaN(took) : !(took >= 0 && took < Number.POSITIVE_INFINITY)) return false
  }
  return true
}

/** Unlike `every`, tests holes as well. */
function all(list: readonly unknown[], test: (item: unknown) => boolean): boolean {
  for (const item of list) if (!test(item)) return false
  return true
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_FOREIGN_NAME_LENGTH
}

function isDetailOf(entry: unknown, rows: number): boolean {
  if (!Array.isArray(entry) || entry.length !== 2) return false
  const [row, detail] = entry as [unknown, unknown]
  if (!Number.isInteger(row) || (row as number) < 0 || (row as number) >= rows) return false
  return typeof detail === 'object' && detail !== null
}
