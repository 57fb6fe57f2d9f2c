// The library in Node: repeats a function and measures what each round leaves in the heap after a full collection.
import { type LeakVerdict, leakVerdict, MIN_ROUNDS } from '../session/leak-verdict.ts'

/** One round more than counts: the first loads code and fills caches. */
const DEFAULT_ROUNDS = MIN_ROUNDS + 1
/** Single calls measure badly: the heap's own bookkeeping is some kilobytes a round. */
const DEFAULT_CALLS = 20
/** More would measure nothing better, and run for long. */
export const MAX_ROUNDS = 100
export const MAX_CALLS = 100_000

/**
 * Collections for one reading. In 240 rounds on a busy machine, up to seven collections in a row left too much, each a little less than
 * the one before.
 */
const MAX_COLLECTIONS = 8
/** After so many collections in a row that freed nothing more, a reading is complete. */
const COLLECTIONS_NO_LOWER = 3

export interface LeakTestOptions {
  /** 7 by default. The first does not count. At least 7. */
  rounds?: number
  /** Calls in each round: 20 by default. */
  calls?: number
}

export interface LeakTestResult extends LeakVerdict {
  label: string
  /** Bytes in use before the first round and after each, right after a collection. */
  used: number[]
  /** The same for 6 rounds in which nothing was called. */
  idle: number[]
  callsPerRound: number
}

export async function leakTest(
  label: string,
  fn: () => unknown,
  { rounds = DEFAULT_ROUNDS, calls = DEFAULT_CALLS }: LeakTestOptions = {},
): Promise<LeakTestResult> {
  const { gc } = globalThis as { gc?: () => void }
  if (typeof gc !== 'function') {
    throw new Error('leakTest needs the garbage collector: start Node with --expose-gc')
  }
  check('rounds', rounds, DEFAULT_ROUNDS, MAX_ROUNDS)
  check('calls', calls, 1, MAX_CALLS)
  // Readings are kept as doubles from the start, so that noting one allocates nothing.
  const used = new Float64Array(rounds + 1)
  const idle = new Float64Array(MIN_ROUNDS + 1)
  // Once for nothing, so that the code that reads is compiled.
  await settledBytes(gc)
  for (let i = 0; i < idle.length; i++) idle[i] = await settledBytes(gc)
  used[0] = await settledBytes(gc)
  for (let round = 1; round <= rounds; round++) {
    for (let call = 0; call < calls; call++) await fn()
    used[round] = await settledBytes(gc)
  }
  const readings = { used: [...used], idle: [...idle], callsPerRound: calls }
  return { label, ...readings, ...leakVerdict(readings) }
}

function check(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}; it was ${value}`)
  }
}

/**
 * Returns the lowest of several readings. One reading can be 100 kB too high, because heap pages that are not swept yet count as used,
 * and so does memory that other code of the process holds for a moment. It is never too low. After each collection a task may run,
 * because finalizers run in tasks of their own and may free more.
 */
async function settledBytes(gc: () => void): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0, noLower = 0; i < MAX_COLLECTIONS && noLower < COLLECTIONS_NO_LOWER; i++) {
    gc()
    await new Promise<void>(resolve => setImmediate(resolve))
    const { heapUsed } = process.memoryUsage()
    noLower = heapUsed < least ? 0 : noLower + 1
    least = Math.min(least, heapUsed)
  }
  return least
}
