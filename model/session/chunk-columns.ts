// Panel: a batch of operations in parts, so that taking one in never takes long. Touches no DOM.
import type { OperationColumns } from '../../wire/operations.ts'
import type { RequestColumns } from '../../wire/request-columns.ts'

/** Operations to a part: about a millisecond's work, some more where they are requests. */
export const ROWS_PER_PART = 1_000

/** The same operations in the same order. Each part stands alone, with the names and the details of its rows. */
export function* chunkColumns(columns: OperationColumns): Generator<OperationColumns, void> {
  const rows = columns.id.length
  if (rows <= ROWS_PER_PART) {
    yield columns
    return
  }
  const details = detailsByPart(columns)
  for (let from = 0; from < rows; from += ROWS_PER_PART) {
    const to = Math.min(rows, from + ROWS_PER_PART)
    yield {
      id: columns.id.subarray(from, to),
      kind: columns.kind.subarray(from, to),
      outcome: columns.outcome.subarray(from, to),
      start: columns.start.subarray(from, to),
      duration: columns.duration.subarray(from, to),
      parent: columns.parent.subarray(from, to),
      details: details[from / ROWS_PER_PART] ?? [],
      ...ownNames(columns, from, to),
    }
  }
}

function detailsByPart({ details }: OperationColumns): OperationColumns['details'][] {
  const parts: OperationColumns['details'][] = []
  for (const [row, detail] of details) {
    const part = Math.floor(row / ROWS_PER_PART)
    parts[part] ??= []
    parts[part].push([row % ROWS_PER_PART, detail])
  }
  return parts
}

type Named = Pick<OperationColumns, 'name' | 'strings' | 'requests'>

/** The names that some rows use, and what stands beside each: with all of the batch's, a part would cost as much as the whole. */
function ownNames(columns: OperationColumns, from: number, to: number): Named {
  const { strings, requests } = columns
  const state = requests?.state.subarray(from, to)
  const figuresOf = requests?.figuresOf.subarray(from, to)
  const givenUp = from === 0 ? requests?.givenUp : undefined
  const withRequests = (of: Partial<RequestColumns>): Pick<OperationColumns, 'requests'> =>
    requests && state && figuresOf ? { requests: { ...requests, ...of, state, figuresOf, givenUp } } : {}
  if (strings.length <= ROWS_PER_PART) return { name: columns.name.subarray(from, to), strings, ...withRequests({}) }
  const own = new Map<number, number>()
  const name = columns.name.slice(from, to)
  for (const [row, index] of name.entries()) {
    const known = own.get(index) ?? own.size
    own.set(index, known)
    name[row] = known
  }
  const ofOwn = (list: readonly string[]): string[] => Array.from(own.keys(), index => list[index] ?? '')
  const targets = requests ? { methods: ofOwn(requests.methods), urls: ofOwn(requests.urls) } : {}
  return { name, strings: ofOwn(strings), ...withRequests(targets) }
}
