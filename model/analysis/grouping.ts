// Model: which operations belong together. Operations with the same name form a group, or requests with the same route.
import { CUSTOM } from '../../wire/operations.ts'
import type { GroupId, Row } from '../numbers.ts'
import type { OperationTable } from '../session/operation-table.ts'
import { StringTable } from '../session/string-table.ts'
import { memoizeById } from './memoize-by-id.ts'
import { routeOf } from './route.ts'
import { groupWithMethod, isMethodUnknown } from './unknown-methods.ts'

export interface Grouping {
  /** The id of the group that a row belongs to. */
  groupOf(row: Row): GroupId
  nameOf(group: GroupId): string
}

export function groupByName(operations: OperationTable): Grouping {
  const { name, names } = operations
  const nameOf = (group: GroupId): string => names.get(group)
  const withMethod = groupWithMethod(operations, id => id as GroupId, nameOf)
  return {
    groupOf(row) {
      const group = name.get(row) as GroupId
      return isMethodUnknown(operations, row) ? withMethod(group) : group
    },
    nameOf,
  }
}

/**
 * Requests are grouped by route, and GraphQL requests by the name of their operation as well. Custom operations are
 * grouped by name, as the page chose it. Each name and URL is parsed once, however many operations have it.
 */
export function groupByRoute(operations: OperationTable): Grouping {
  const { kind, name, names, requests } = operations
  const routes = new StringTable<GroupId>()
  const customGroup = memoizeById(id => routes.add(names.get(id)))
  const requestRoute = memoizeById(id => routes.add(routeOf(names.get(id))))
  const withMethod = groupWithMethod(operations, requestRoute, group => routes.get(group))
  /** Names of GraphQL operations; 0 for none. */
  const graphql = new StringTable()
  graphql.add('')
  const graphqlOfUrl = memoizeById(id => graphql.add(graphqlOperation(requests.strings.get(id)) ?? ''))
  const graphqlOfBody = memoizeById(id => graphql.add(requests.strings.get(id)))
  /** Groups by route, then by GraphQL operation. */
  const graphqlGroups = new Map<GroupId, Map<number, GroupId>>()

  const graphqlGroup = (route: GroupId, operation: number): GroupId => {
    const groups = graphqlGroups.get(route) ?? new Map<number, GroupId>()
    graphqlGroups.set(route, groups)
    const group = groups.get(operation) ?? routes.add(`${routes.get(route)} ${graphql.get(operation)}`)
    groups.set(operation, group)
    return group
  }

  return {
    groupOf(row) {
      if (kind.get(row) === CUSTOM) return customGroup(name.get(row))
      const named = requestRoute(name.get(row))
      const route = isMethodUnknown(operations, row) ? withMethod(named) : named
      const operation = graphqlOfBody(requests.graphql.get(row)) || graphqlOfUrl(requests.url.get(row))
      return operation === 0 ? route : graphqlGroup(route, operation)
    },
    nameOf: group => routes.get(group),
  }
}

const NAME = /^[_a-z][_a-z\d]*$/i
/** The start of a document with one named operation. Comments and fragments before it are rare in a URL. */
const DOCUMENT = /^\s*(?:query|mutation|subscription)\s+([_a-z][_a-z\d]*)/i
const PARAMETER = /[?&](operationName|query)=([^&#]*)/g
/** Characters of a parameter that are parsed. A name stands at its start. */
const MAX_CHARACTERS = 1_000
/** Parameters that are looked at. A request has one of each, and a malformed one takes microseconds: decoding it throws. */
const MAX_PARAMETERS = 100

/**
 * The name of the GraphQL operation in a URL: `operationName=X`, or else `query=query X …`.
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-GET
 */
export function graphqlOperation(url: string): string | undefined {
  let fromDocument: string | undefined
  let count = 0
  for (const [, key, raw = ''] of url.matchAll(PARAMETER)) {
    if (++count > MAX_PARAMETERS) break
    const value = decode(raw.slice(0, MAX_CHARACTERS))
    if (key === 'operationName' && NAME.test(value)) return value
    if (key === 'query') fromDocument ??= DOCUMENT.exec(value)?.[1]
  }
  return fromDocument
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    // Malformed, or cut within an escape sequence.
    return value.replace(/\+|%20|%0A/g, ' ')
  }
}
