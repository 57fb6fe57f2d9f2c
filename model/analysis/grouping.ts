// Panel: which group an operation belongs to: operations of one name make a group. Touches no DOM.
import type { OperationTable } from '../session/operation-table.ts'

export interface Grouping {
  /** The number of a row's group. */
  groupOf(row: number): number
  nameOf(group: number): string
}

export function groupByName({ name, names }: OperationTable): Grouping {
  return { groupOf: row => name.get(row), nameOf: group => names.get(group) }
}
