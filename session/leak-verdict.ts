// Any world: whether a leak test shows that something keeps memory. docs/memory.md says what is claimed, and what is not.

/** Bytes a call: less is noise of the heap's own bookkeeping. */
export const MIN_KEPT_BYTES = 2_000
/** What is kept has to be so many times the spread of rounds in which nothing happens. */
const MIN_OVER_IDLE = 3
/** Calls from which on a leak can be certain. */
export const MIN_CALLS_FOR_CERTAIN = 100
/** Rounds that count, from which on anything is said. */
export const MIN_ROUNDS = 6

export interface KeptBytes {
  /** The estimate, and bounds that contain the true amount in at least 95 % of tests. */
  bytes: number
  low: number
  high: number
}

export interface LeakVerdict {
  /** `keeps`: each round, more stayed in the heap. `nothing`: no claim is made. */
  verdict: 'keeps' | 'nothing'
  confidence?: 'likely' | 'certain'
  perRound: KeptBytes
  perCall: KeptBytes
}

export interface LeakReadings {
  /** Bytes in use, each right after a collection: before the first round, and after each. */
  used: readonly number[]
  /** Calls in each round. */
  callsPerRound: number
  /** The same for rounds in which nothing was called; empty without a control. */
  idle: readonly number[]
}

/** The first round is dropped: it loads code and fills caches. */
export function leakVerdict(readings: LeakReadings): LeakVerdict {
  const { callsPerRound } = readings
  const perRound = medianOf(grownOf(readings.used))
  const perCall = {
    bytes: perRound.bytes / callsPerRound,
    low: perRound.low / callsPerRound,
    high: perRound.high / callsPerRound,
  }
  return { ...judgeKept(perCall, readings), perRound, perCall }
}

/** Bytes that each round that counts has left. */
export function grownOf(used: readonly number[]): number[] {
  return differences(used).slice(1)
}

/** Whether what a call seems to keep is a claim. */
export function judgeKept(
  perCall: KeptBytes,
  { used, callsPerRound, idle }: LeakReadings,
): Pick<LeakVerdict, 'verdict' | 'confidence'> {
  const grown = grownOf(used)
  const control = idle.length > MIN_ROUNDS ? medianOf(differences(idle)) : undefined
  const idleSpread = control ? (control.high - control.low) / 2 : 0
  const least = Math.max(MIN_KEPT_BYTES, (MIN_OVER_IDLE * idleSpread) / callsPerRound)
  const isEach = grown.length >= MIN_ROUNDS && grown.every(bytes => bytes > 0)
  // Where the heap grows as fast without the calls, they are not what keeps it.
  const isAlsoIdle = control !== undefined && control.high > perCall.low * callsPerRound
  if (!isEach || !(perCall.low > least) || isAlsoIdle) return { verdict: 'nothing' }
  const isCertain = control !== undefined && control.low <= 0 && callsPerRound * grown.length >= MIN_CALLS_FOR_CERTAIN
  return { verdict: 'keeps', confidence: isCertain ? 'certain' : 'likely' }
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, i) => value - (values[i] as number))
}

/**
 * The median, because a single round in which code is compiled or a table grows moves a mean by as much as a small leak does. Its
 * bounds are two of the sorted values, by the sign test: of six rounds, the lowest and the highest.
 * @see https://en.wikipedia.org/wiki/Sign_test
 */
function medianOf(values: readonly number[]): KeptBytes {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const at = (rank: number): number => sorted[rank] ?? Number.NaN
  const cut = boundRank(n)
  return { bytes: (at((n - 1) >> 1) + at(n >> 1)) / 2, low: at(cut), high: at(n - 1 - cut) }
}

/**
 * How many of `n` sorted values lie outside of the bounds, on either side. The number of values below the true median has a binomial
 * distribution. Its normal approximation gives the exact result, or one value fewer.
 */
function boundRank(n: number): number {
  return Math.max(0, Math.floor((n - 1 - 1.96 * Math.sqrt(n)) / 2))
}
