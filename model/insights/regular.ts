// Any world: whether operations repeat at a steady pace, as polls do.
import { median } from '../statistics.ts'

/** A pace can be seen from this many repetitions on. */
const MIN_REPEATS = 6
/** The share of gaps that have to be near the median, and how near: by the prototype's search over labelled sessions. */
const MIN_STEADY = 0.8
const TOLERANCE = 0.35
/** The same where it has to be a timer, not a person: nobody waits for what a timer starts. */
const TIMER_TOLERANCE = 0.2
/** Milliseconds: what repeats faster than this is no pace of a timer but a loop. */
const MIN_PERIOD = 200
/** Members that are looked at. */
const MAX_LOOKED_AT = 500

export interface Pace {
  /** Milliseconds from start to start. */
  period: number
  /** The share of gaps that are near it. */
  steady: number
}

/** @param members positions by start. */
export function paceOf(
  members: ArrayLike<number>,
  start: ArrayLike<number>,
  { tolerance = TOLERANCE, minRepeats = MIN_REPEATS } = {},
): Pace | undefined {
  const looked = Math.min(members.length, MAX_LOOKED_AT)
  if (looked < minRepeats) return undefined
  const gaps: number[] = []
  for (let i = 1; i < looked; i++)
    gaps.push((start[members[i] as number] as number) - (start[members[i - 1] as number] as number))
  const period = median(gaps)
  const steady = gaps.filter(gap => Math.abs(gap - period) <= tolerance * period).length / gaps.length
  return { period, steady }
}

/** Whether a timer starts them, rather than a user or what came before: they are steady, and do not overlap for long. */
export function isRegular(members: ArrayLike<number>, start: ArrayLike<number>, end: ArrayLike<number>): boolean {
  const pace = paceOf(members, start, { tolerance: TIMER_TOLERANCE })
  if (!pace || pace.steady < MIN_STEADY || pace.period < MIN_PERIOD) return false
  // What follows each end is a loop of requests, not a timer.
  let following = 0
  for (let i = 1; i < Math.min(members.length, MAX_LOOKED_AT); i++) {
    const gap = (start[members[i] as number] as number) - (end[members[i - 1] as number] as number)
    if (gap >= 0 && gap <= 30) following++
  }
  return following < Math.min(members.length, MAX_LOOKED_AT) / 2
}

/** Gaps, in order, of which most are like the one before: a timer whose period changed in between, as while a page is hidden. */
export function isSteadyInParts(gaps: readonly number[]): boolean {
  if (gaps.length < MIN_REPEATS - 1) return false
  const alike = gaps.filter((gap, i) => i > 0 && Math.abs(gap - (gaps[i - 1] as number)) <= ALIKE * gap).length
  return alike >= MIN_ALIKE * (gaps.length - 1)
}

/** By how much gaps of a timer differ, and the share of neighbours of which that holds. */
const ALIKE = 0.1
const MIN_ALIKE = 0.7
