// Model: groups of requests whose method is unknown. Resource Timing does not report the method of a request that was made before
// DevTools was opened.
import { BEACON, FETCH, XHR } from '../../wire/operations.ts'
import type { GroupId, Row } from '../numbers.ts'
import type { OperationTable } from '../session/operation-table.ts'

/** A name that begins with a method. The names of connections begin with their kind instead. */
const NAME_WITH_METHOD = /^(?!WS |ES )[A-Z]+ (?=\S)/

export function isMethodUnknown({ kind, requests }: OperationTable, row: Row): boolean {
  if (requests.methodOf(row) !== undefined) return false
  const kindOfRow = kind.get(row)
  return kindOfRow === FETCH || kindOfRow === XHR || kindOfRow === BEACON
}

/**
 * Finds the group with the same name and a method, if there is exactly one.
 * @param groupOfName the group of a name by its id in `names`.
 * @returns takes the group of a name without a method, and returns the one that its requests belong to.
 */
export function groupWithMethod(
  { names }: OperationTable,
  groupOfName: (name: number) => GroupId,
  nameOf: (group: GroupId) => string,
): (group: GroupId) => GroupId {
  const groups = new Map<string, Set<GroupId>>()
  let seen = 0
  return group => {
    for (; seen < names.size; seen++) {
      if (!NAME_WITH_METHOD.test(names.get(seen))) continue
      const named = groupOfName(seen)
      const withoutMethod = nameOf(named).replace(NAME_WITH_METHOD, '')
      groups.set(withoutMethod, (groups.get(withoutMethod) ?? new Set()).add(named))
    }
    const [only, another] = groups.get(nameOf(group)) ?? []
    return only === undefined || another !== undefined ? group : only
  }
}
