// Any world: Mann and Whitney's test, whether one sample tends to be greater than another.
import { normalTail } from './distributions.ts'

export interface RankSum {
  /** How often a value of the second sample is greater than one of the first; ties count half. */
  u: number
  /** Two-sided. */
  p: number
  /** `u` as a share of all pairs: 0.5 where neither tends to be greater (Vargha and Delaney's A₁₂). */
  superiority: number
}

/** Up to so many values in all, and without ties, p is exact. */
const MAX_EXACT = 50

/** Values between two `yield`s. */
const STEP = 16_384

/** @param a, b sorted, not empty. */
export function* rankSum(a: Float64Array, b: Float64Array): Generator<void, RankSum> {
  const [m, n] = [a.length, b.length]
  const { rankSumOfB, ties } = yield* ranks(a, b)
  const u = rankSumOfB - (n * (n + 1)) / 2
  const superiority = u / (m * n)
  if (ties === 0 && m + n <= MAX_EXACT) return { u, p: exactP(u, m, n), superiority }
  const all = m + n
  const variance = ((m * n) / 12) * (all + 1 - ties / (all * (all - 1)))
  if (!(variance > 0)) return { u, p: 1, superiority }
  const z = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5) / Math.sqrt(variance)
  return { u, p: Math.min(1, 2 * normalTail(z)), superiority }
}

/** `ties`: the sum of t³ − t over all sets of t equal values. */
function* ranks(a: Float64Array, b: Float64Array): Generator<void, { rankSumOfB: number; ties: number }> {
  const [m, n] = [a.length, b.length]
  let [i, j, rankSumOfB, ties, pauseAt] = [0, 0, 0, 0, STEP]
  while (i < m || j < n) {
    const value = j >= n || (i < m && (a[i] as number) <= (b[j] as number)) ? (a[i] as number) : (b[j] as number)
    const before = i + j
    const fromB = j
    while (i < m && a[i] === value) i++
    while (j < n && b[j] === value) j++
    const count = i + j - before
    rankSumOfB += (j - fromB) * (before + (count + 1) / 2)
    if (count > 1) ties += count ** 3 - count
    if (i + j < pauseAt) continue
    pauseAt = i + j + STEP
    yield
  }
  return { rankSumOfB, ties }
}

/** By the number of ways in which each u can come about (Mann and Whitney's recursion). */
function exactP(u: number, m: number, n: number): number {
  // ways[k] after adding the i-th value of the first sample: the Gaussian binomial coefficient's k-th coefficient.
  let ways = new Float64Array(m * n + 1)
  ways[0] = 1
  for (let i = 1; i <= m; i++) {
    const next = new Float64Array(m * n + 1)
    for (let k = 0; k <= m * n; k++) {
      next[k] = (ways[k] as number) + (k >= i ? (next[k - i] as number) : 0)
    }
    for (let k = m * n; k >= n + i; k--) next[k] = (next[k] as number) - (next[k - n - i] as number)
    ways = next
  }
  const total = ways.reduce((sum, count) => sum + count, 0)
  const least = Math.min(u, m * n - u)
  let tail = 0
  for (let k = 0; k <= least; k++) tail += ways[k] as number
  return Math.min(1, (2 * tail) / total)
}
