// Any world: some of a batch's operations.
import type { RawOperationColumns } from '../../wire/operations.ts'
import { type RawRequestColumns, TIMING_WIDTH } from '../../wire/request-columns.ts'

/**
 * Removes all rows but those that `keeps` returns true for, which stay in their order, with the names and timings of the
 * removed ones.
 */
export function keepRows(columns: RawOperationColumns, keeps: (row: number) => boolean): void {
  const kept = Array.from(columns.id, (_, row) => keeps(row))
  /** By row, its number afterwards. */
  const places = new Map<number, number>()
  for (const [row, keep] of kept.entries()) if (keep) places.set(row, places.size)
  const isKept = (_: number, row: number): boolean => kept[row] === true
  columns.id = columns.id.filter(isKept)
  columns.kind = columns.kind.filter(isKept)
  columns.outcome = columns.outcome.filter(isKept)
  columns.name = columns.name.filter(isKept)
  columns.start = columns.start.filter(isKept)
  columns.duration = columns.duration.filter(isKept)
  columns.parent = columns.parent.filter(isKept)
  columns.details = columns.details.flatMap(([row, detail]) => {
    const place = places.get(row)
    return place === undefined ? [] : [[place, detail]]
  })
  const named = new Set(columns.name)
  const ofNamed = (list: readonly string[]): string[] => list.map((text, index) => (named.has(index) ? text : ''))
  columns.strings = ofNamed(columns.strings)
  const { requests } = columns
  if (!requests) return
  requests.state = requests.state.filter(isKept)
  requests.callDuration = requests.callDuration.filter(isKept)
  requests.entryIndex = requests.entryIndex.filter(isKept)
  removeUnusedTimings(requests)
  requests.methods = ofNamed(requests.methods)
  requests.urls = ofNamed(requests.urls)
}

/** Columns with more timings than rows are taken for malformed. */
function removeUnusedTimings(requests: RawRequestColumns): void {
  const { entryIndex } = requests
  const timings: number[] = []
  for (const [row, entry] of entryIndex.entries()) {
    if (entry === 0) continue
    timings.push(...requests.timings.subarray((entry - 1) * TIMING_WIDTH, entry * TIMING_WIDTH))
    entryIndex[row] = timings.length / TIMING_WIDTH
  }
  requests.timings = new Float64Array(timings)
  if (timings.length === 0) requests.entryIndex = new Uint32Array(0)
}
