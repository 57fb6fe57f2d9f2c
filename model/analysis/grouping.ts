// Panel: operations of one route make a group; of GraphQL, those of one operation of it. Touches no DOM.
import { CUSTOM } from '../../wire/operations.ts'
import type { OperationTable } from '../session/operation-table.ts'
import { StringTable } from '../session/string-table.ts'
import { graphqlOperation } from './graphql-operation.ts'
import type { Grouping } from './grouping.ts'
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
