// Panel: operations of one route make a group; of GraphQL, those of one operation of it. Touches no DOM.
import { CUSTOM } from '../../wire/operations.ts'
import type { OperationTable } from '../session/operation-table.ts'
import { StringTable } from '../session/string-table.ts'
import { memoizeById } from './memoize-by-id.ts'
import { routeOf } from './route.ts'

/** Each name and each URL is looked at once. A name that the page itself has chosen is a group as it is. */
export function groupByRoute({ kind, name, names, requests }: OperationTable): Grouping {
  const routes = new StringTable()
  const ownNames = memoizeById(number => routes.add(names.get(number)))
  const requestNames = memoizeById(number => routes.add(routeOf(names.get(number))))
  /** The GraphQL operation of a URL; 0 where it has none. */
  const graphql = new StringTable()
  graphql.add('')
  const graphqlOf = memoizeById(number => graphql.add(graphqlOperation(requests.strings.get(number)) ?? ''))
  const graphqlNamed = memoizeById(number => graphql.add(requests.strings.get(number)))
  /** By the request's route and its GraphQL operation. */
  const both = new Map<number, Map<number, number>>()

  const graphqlRoute = (route: number, operation: number): number => {
    const operations = both.get(route) ?? new Map<number, number>()
    both.set(route, operations)
    const known = operations.get(operation) ?? routes.add(`${routes.get(route)} ${graphql.get(operation)}`)
    operations.set(operation, known)
    return known
  }

  return {
    groupOf(row) {
      if (kind.get(row) === CUSTOM) return ownNames(name.get(row))
      const route = requestNames(name.get(row))
      const named = graphqlNamed(requests.graphql.get(row))
      const operation = named === 0 ? graphqlOf(requests.url.get(row)) : named
      return operation === 0 ? route : graphqlRoute(route, operation)
    },
    nameOf: group => routes.get(group),
  }
}

export interface Grouping {
  /** The number of a row's group. */
  groupOf(row: number): number
  nameOf(group: number): string
}

export function groupByName({ name, names }: OperationTable): Grouping {
  return { groupOf: row => name.get(row), nameOf: group => names.get(group) }
}

const NAME = /^[_a-z][_a-z\d]*$/i
/** The beginning of a document with one named operation; comments and fragments before it are rare in a URL. */
const DOCUMENT = /^\s*(?:query|mutation|subscription)\s+([_a-z][_a-z\d]*)/i
const PARAMETER = /[?&](operationName|query)=([^&#]*)/g
/** Characters of a parameter that are looked at. */
const MAX_CHARACTERS = 1_000

/** By `operationName=X`, else by `query=query X …`, as GraphQL over HTTP has them. */
export function graphqlOperation(url: string): string | undefined {
  let fromDocument: string | undefined
  for (const [, key, raw = ''] of url.matchAll(PARAMETER)) {
    const value = decoded(raw.slice(0, MAX_CHARACTERS))
    if (key === 'operationName' && NAME.test(value)) return value
    if (key === 'query') fromDocument ??= DOCUMENT.exec(value)?.[1]
  }
  return fromDocument
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    // Cut in the middle of a character, or none of its kind.
    return value.replace(/\+|%20|%0A/g, ' ')
  }
}
