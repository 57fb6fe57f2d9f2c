// Any world: tests an optional field of a request.
import { memoizeTest } from '../analysis/memoize-by-id.ts'
import type { Row } from '../numbers.ts'
import { fieldValue, type RequestField } from '../operation-fields.ts'
import type { OperationTable } from '../session/operation-table.ts'

type Test = (row: Row) => boolean

/** An unknown value does not match. */
export function fieldTextTest(
  field: RequestField,
  { requests, details }: OperationTable,
  matches: (text: string) => boolean,
): Test {
  if (isInColumn(field)) {
    const matchesText = memoizeTest(id => matches(requests.strings.get(id)))
    return row => {
      const id = requests.optional(row, field)
      return id > 0 && matchesText(id)
    }
  }
  return row => {
    const value = requests.url.get(row) > 0 ? fieldValue(details.get(row), field) : undefined
    return typeof value === 'string' && matches(value)
  }
}

/** An unknown value is in no range. */
export function fieldNumberTest(
  field: RequestField,
  { requests, details }: OperationTable,
  inRange: (value: number) => boolean,
): Test {
  if (isInColumn(field)) {
    return row => inRange(requests.optional(row, field))
  }
  return row => {
    const value = requests.url.get(row) > 0 ? fieldValue(details.get(row), field) : undefined
    return typeof value === 'number' && inRange(value)
  }
}

/** Whether a request has the field at all. */
export function fieldTest(field: RequestField, { requests, details }: OperationTable): Test {
  return row => requests.url.get(row) > 0 && fieldValue(details.get(row), field) !== undefined
}

function isInColumn({ filter }: RequestField): boolean {
  return filter !== undefined && 'column' in filter && filter.column
}
