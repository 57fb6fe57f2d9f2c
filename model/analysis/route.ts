// Panel: what operations have in common that differ in an id alone: `GET /users/123` → `GET /users/:id`. Every pattern
// is tried once on each segment and looks back at nothing: the time is linear. Touches no DOM.
import { isFile, isIdentifier, withoutHashes, withoutIds } from './identifiers.ts'

const METHOD = /^[A-Z]+ /
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2}(?:[T_](?:\d|:|%3A|\.|Z|[+-])*)?)?$/i
const EMAIL = /^[^@:%]+(?:@|%40)[^@:.%]+(?:\.[^@:.%]+)*\.[a-z]{2,}$/i

/**
 * A request's name (its method, its host where that is another one, its path) with `:id`, `:date`, `:email` and
 * `:hash` in the places of what is one. Words are left as they are, and so is a host.
 */
export function routeOf(name: string): string {
  const method = METHOD.exec(name)?.[0] ?? ''
  const [host = '', ...segments] = name.slice(method.length).split('/')
  if (segments.length === 0) return name
  return method + [host, ...segments.map(segmentRoute)].join('/')
}

function segmentRoute(segment: string): string {
  // An own sign stays: a route's route is itself.
  if (segment.length < 1 || segment[0] === ':') return segment
  if (DATE.test(segment)) return ':date'
  if (EMAIL.test(segment)) return ':email'
  if (isIdentifier(segment)) return ':id'
  return isFile(segment) ? withoutHashes(segment) : withoutIds(segment)
}
