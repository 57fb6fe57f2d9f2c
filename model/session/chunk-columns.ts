// Model: splits a large batch into parts, so that adding a part to the session takes a short time.
import type { OperationColumns } from '../../wire/operations.ts'
import type { RequestColumns } from '../../wire/request-columns.ts'

/** Operations in a part: adding them takes about a millisecond, and somewhat more for requests. */
export const ROWS_PER_PART = 1_000

/** The same operations in the same order. Each part has the names and details of its own operations. */
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
      ...namesOfPart(columns, from, to),
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

type Names = Pick<OperationColumns, 'name' | 'strings' | 'requests'>

/** Only the names that the part uses: with all names of the batch, each part would cost as much as the whole batch. */
function namesOfPart(columns: OperationColumns, from: number, to: number): Names {
  const { strings, requests } = columns
  const requestsOfPart = (targets: Partial<RequestColumns>): Pick<OperationColumns, 'requests'> => {
    if (!requests) return {}
    const state = requests.state.subarray(from, to)
    const callDuration = requests.callDuration.subarray(from, to)
    const entryIndex = requests.entryIndex.subarray(from, to)
    const abandoned = from === 0 ? requests.abandoned : undefined
    return { requests: { ...requests, ...targets, state, callDuration, entryIndex, abandoned } }
  }
  if (strings.length <= ROWS_PER_PART) return { name: columns.name.subarray(from, to), strings, ...requestsOfPart({}) }
  /** The index in the part, by the index in the batch. */
  const used = new Map<number, number>()
  const name = columns.name.slice(from, to)
  for (const [row, index] of name.entries()) {
    const known = used.get(index) ?? used.size
    used.set(index, known)
    name[row] = known
  }
  const usedOf = (list: readonly string[]): string[] => Array.from(used.keys(), index => list[index] ?? '')
  const targets = requests ? { methods: usedOf(requests.methods), urls: usedOf(requests.urls) } : {}
  return { name, strings: usedOf(strings), ...requestsOfPart(targets) }
}
