// Model: the values that occur in a session, for the completion of the filter. Only part of the session is read at each
// key press, so that typing never waits for a million rows.
import type { Row } from '../numbers.ts'
import { FIELDS_BY_KEY } from '../operation-fields.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { FilterKey } from './keys.ts'
import { hostOf } from './text-test.ts'

/** Rows that are read at once: a few milliseconds. The next key press reads on from there. */
const MAX_ROWS = 100_000
/** Nobody looks through longer lists. */
const MAX_NAMES = 5_000
const MAX_HOSTS = 500

export interface OccurringValues {
  of(key: FilterKey): Iterable<string>
}

export function createOccurringValues(session: SessionModel): OccurringValues {
  const { operations, documents } = session
  const { requests, names } = operations
  const urls = new Set<number>()
  const hosts = new Set<string>()
  let read = 0 as Row

  const readOn = (): void => {
    const to = Math.min(operations.length, read + MAX_ROWS)
    for (; read < to; read++) {
      const url = requests.url.get(read)
      if (hosts.size >= MAX_HOSTS || urls.has(url)) continue
      urls.add(url)
      const host = hostOf(requests.strings.get(url))
      if (host) hosts.add(host)
    }
  }

  return {
    of(key) {
      if (key.type === 'word') return key.words
      switch (key.key) {
        case 'method':
          return [...requests.methods].sort()
        case 'domain':
          readOn()
          return [...hosts].sort()
        case 'status':
          return statusValues(requests.statuses)
        case 'name':
          return firstNames(names)
        case 'frame':
          return ['top', ...new Set(documents.all.map(({ frameId }) => String(frameId)))].filter(id => id !== '0')
        default: {
          const field = FIELDS_BY_KEY.get(key.key)
          return field ? [...requests.textsOf(field)].sort() : []
        }
      }
    },
  }
}

/** The status codes, and before them their classes such as `4xx`. */
function statusValues(statuses: ReadonlySet<number>): string[] {
  const known = [...statuses].sort((a, b) => a - b)
  return [...new Set(known.map(status => `${Math.floor(status / 100)}xx`)), ...known.map(String)]
}

function* firstNames(names: { size: number; get(id: number): string }): Iterable<string> {
  for (let id = 0; id < Math.min(names.size, MAX_NAMES); id++) yield names.get(id)
}
