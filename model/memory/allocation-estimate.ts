// Model: bytes that a call of each operation allocates, estimated from windows in which operations ran in different numbers.
import { OTHER_GROUPS } from '../analysis/analyse.ts'
import type { GroupId } from '../numbers.ts'
import { correlation, sum } from '../statistics.ts'
import type { HeapWindow } from './heap-windows.ts'
import { type RobustFit, robustFit } from './robust-fit.ts'

/** With fewer windows, nothing is said. */
export const MIN_WINDOWS = 40
/** Windows in which a group has to have run. */
export const MIN_WINDOWS_WITH_CALLS = 10
/** Bytes a call: less can't be distinguished from what the browser allocates for the call itself. */
export const MIN_ALLOCATED_BYTES = 100_000
/** Groups whose numbers of calls correlate more strongly can't be distinguished. */
const TOGETHER = 0.9
/** The bounds may be as far from the figure, as a share of it. */
const MAX_MARGIN = 0.5
/** A group whose number of calls varies by a smaller share can't be distinguished from what the page does all the time. */
const MIN_SPREAD = 0.1

/**
 * How many calls of a group started, and how many ended, in each window. Some operations allocate when they are called,
 * others when their data has arrived.
 */
export interface Calls {
  starts: Float64Array
  ends: Float64Array
}

/** Bytes a call: the figure, and bounds that contain the true one about 95 % of the time. */
export interface AllocatedBytes {
  bytes: number
  low: number
  high: number
}

export interface Allocation extends AllocatedBytes {
  /** Groups that run together with this one: the bytes are what they allocate with each of its calls. */
  together: GroupId[]
}

/** Groups of which nothing can be said are left out. */
export function* allocatedPerCall(
  windows: readonly HeapWindow[],
  calls: ReadonlyMap<GroupId, Calls>,
): Generator<void, Map<GroupId, Allocation>> {
  const found = new Map<GroupId, Allocation>()
  if (windows.length < MIN_WINDOWS) return found
  const clusters = clustersOf([...calls].filter(([, { starts }]) => spreadOf(starts) >= MIN_SPREAD))
  for (const { members, starts, bytes, margin } of yield* estimate(windows, clusters)) {
    if (starts.filter(count => count > 0).length < MIN_WINDOWS_WITH_CALLS || margin > bytes * MAX_MARGIN) continue
    for (const [group, own] of members) {
      // A call of this one has as many calls of the others with it.
      const scale = sum(starts) / sum(own.starts)
      if (group === OTHER_GROUPS || bytes * scale < MIN_ALLOCATED_BYTES) continue
      const together = members.flatMap(([other]) => (other === group ? [] : [other]))
      found.set(group, {
        bytes: bytes * scale,
        low: (bytes - margin) * scale,
        high: (bytes + margin) * scale,
        together,
      })
    }
  }
  return found
}

interface Cluster extends Calls {
  members: (readonly [GroupId, Calls])[]
}

interface Estimate extends Cluster {
  bytes: number
  margin: number
}

/**
 * What the page allocates all the time is a column of its own. No call allocates a negative amount, so columns with a
 * negative result are taken out, the lowest first.
 */
function* estimate(windows: readonly HeapWindow[], clusters: readonly Cluster[]): Generator<void, Estimate[]> {
  const seconds = { of: undefined, counts: windows.map(({ from, to }) => (to - from) / 1_000) }
  const grown = windows.map(({ bytes }) => bytes)
  const columns = [seconds, ...clusters.flatMap(of => columnsOf(of).map(counts => ({ of, counts: [...counts] })))]
  while (columns.length > 0) {
    const counts = columns.map(column => column.counts)
    const fit = yield* robustFit(counts, grown)
    if (!fit) return []
    const lowest = Math.min(...fit.coefficients)
    if (lowest >= 0) return clusters.map(cluster => ({ ...cluster, ...sumIn(fit, isOwn(columns, cluster)) }))
    columns.splice(fit.coefficients.indexOf(lowest), 1)
  }
  return []
}

/** One column, of calls that are so short that they end where they start, and of calls that end in none of the windows. */
function columnsOf({ starts, ends }: Calls): Float64Array[] {
  return correlation(starts, ends) > TOGETHER || sum(ends) === 0 ? [starts] : [starts, ends]
}

function isOwn(columns: readonly { of: Cluster | undefined }[], cluster: Cluster): number[] {
  return columns.flatMap(({ of }, i) => (of === cluster ? [i] : []))
}

/** What some of the coefficients amount to together. */
function sumIn(
  { coefficients, covariance, t }: RobustFit,
  which: readonly number[],
): { bytes: number; margin: number } {
  let [bytes, variance] = [0, 0]
  for (const i of which) {
    bytes += coefficients[i] as number
    for (const k of which) variance += covariance[i]?.[k] ?? 0
  }
  return { bytes, margin: t * Math.sqrt(Math.max(variance, 0)) }
}

/** Groups that run together, one through the other. */
function clustersOf(groups: readonly (readonly [GroupId, Calls])[]): Cluster[] {
  const clusters: Cluster[] = []
  for (const group of groups) {
    const near = clusters.filter(({ members }) => members.some(([, each]) => runTogether(each, group[1])))
    const members = [...near.flatMap(cluster => cluster.members), group]
    for (const cluster of near) clusters.splice(clusters.indexOf(cluster), 1)
    clusters.push({
      members,
      starts: totalOf(members.map(([, { starts }]) => starts)),
      ends: totalOf(members.map(([, { ends }]) => ends)),
    })
  }
  return clusters
}

/** One may call the other, or begin when it has ended. */
function runTogether(a: Calls, b: Calls): boolean {
  return columnsOf(a).some(left => columnsOf(b).some(right => correlation(left, right) > TOGETHER))
}

function totalOf(counts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(counts[0] ?? [], (_, window) => sum(counts.map(each => each[window] as number)))
}

/** The standard deviation as a share of the mean; 0 where there are no calls. */
function spreadOf(counts: Float64Array): number {
  const mean = sum(counts) / counts.length
  if (mean === 0) return 0
  return Math.sqrt(sum(counts.map(count => (count - mean) ** 2)) / counts.length) / mean
}
