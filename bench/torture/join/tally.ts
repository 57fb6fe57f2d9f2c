// Node. What the page made, compared with what the exported session has of it.
import type { SessionFile, SessionOperation } from '../../../session/format.ts'
import type { MadeRequests } from './page.ts'

/** DevTools' types of the requests that load the page. */
const OF_THE_PAGE: ReadonlySet<string> = new Set(['document', 'script'])
/** Milliseconds by which a socket's request may seem to start outside of the time to its opening. */
const CLOCK_ERROR = 5

/** Counts of operations, and of requests that DevTools listed. */
export interface JoinTally {
  made: number
  recorded: number
  /** DevTools' half is listed as a request that no operation made. */
  twice: number
  withoutDevtools: number
  withoutEnd: number
  /** Recorded with another end than the page saw. */
  wrongEnd: number
  /** The half of another request: its response has the number of another. A socket's started at another time. */
  wrongHalf: number
}

export function joinTally({ kinds, ends }: MadeRequests, { operations, networkRequests }: SessionFile): JoinTally {
  // In the order in which the page numbered them.
  const requests = operations
    .filter(({ kind }) => kind === 'fetch' || kind === 'xhr')
    .sort((a, b) => a.startTime - b.startTime)
  return {
    made: sum(kinds),
    recorded: operations.length,
    twice: listedTwice(networkRequests).length,
    withoutDevtools: operations.filter(({ http, connection }) => !(http ?? connection)?.devtools).length,
    withoutEnd: operations.filter(({ outcome }) => outcome === 'pending').length,
    wrongEnd:
      difference(ends, counts(requests.map(endOf))) + difference(kinds, counts(operations.map(({ kind }) => kind))),
    wrongHalf: requests.filter(hasHalfOfAnother).length + operations.filter(hasHalfOfAnotherTime).length,
  }
}

/** Those of DevTools' requests that some operation made. */
export function listedTwice(requests: SessionFile['networkRequests']): SessionFile['networkRequests'] {
  return requests.filter(({ type, url }) => !OF_THE_PAGE.has(type) && !url.endsWith('/favicon.ico'))
}

export const isFaultless = ({ made, recorded, ...faults }: JoinTally): boolean => made === recorded && sum(faults) === 0

const sum = (counted: Record<string, number>): number =>
  Object.values(counted).reduce((total, count) => total + count, 0)

function counts(keys: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const key of keys) found[key] = (found[key] ?? 0) + 1
  return found
}

/** How many are missing or too many, over all keys. */
function difference(expected: Record<string, number>, found: Record<string, number>): number {
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...keys].reduce((total, key) => total + Math.abs((expected[key] ?? 0) - (found[key] ?? 0)), 0)
}

const endOf = ({ http, error }: SessionOperation): string =>
  `${new URL(http?.url ?? '').pathname} ${http?.status ?? error?.name}`

function hasHalfOfAnother({ http }: SessionOperation, number: number): boolean {
  const { etag } = http?.devtools ?? {}
  return etag !== undefined && etag !== `${number}`
}

function hasHalfOfAnotherTime({ startTime, connection }: SessionOperation): boolean {
  if (!connection?.devtools) return false
  const after = connection.devtools.startTime - startTime
  return after < -CLOCK_ERROR || after > (connection.openDuration ?? 0) + CLOCK_ERROR
}
