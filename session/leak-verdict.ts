// Any world: whether a leak test shows that something keeps memory. docs/memory.md says what is claimed, and what is not.

/** Student's t for 97.5 %, by degrees of freedom from 1. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086,
]
/** Beyond the table, the last value: it is a little too large. */
export function studentT(df: number): number {
  return T[Math.min(df, T.length) - 1] ?? Number.POSITIVE_INFINITY
}

/** Bytes a call: less is noise of the heap's own bookkeeping. */
export const MIN_KEPT_BYTES = 2_000
/** What is kept has to be so many times the spread of rounds in which nothing happens. */
const MIN_OVER_IDLE = 3
/** Calls from which on a leak can be certain. */
export const MIN_CALLS_FOR_CERTAIN = 100
/** Rounds that count, from which on anything is said. */
export const MIN_ROUNDS = 6

export interface KeptBytes {
  /** The mean, and Student's 95 % interval of it. */
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
  const perRound = meanOf(grownOf(readings.used))
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
  const control = idle.length > MIN_ROUNDS ? meanOf(differences(idle)) : undefined
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

function meanOf(values: readonly number[]): KeptBytes {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1)
  const margin = studentT(n - 1) * Math.sqrt(variance / n)
  return { bytes: mean, low: mean - margin, high: mean + margin }
}
