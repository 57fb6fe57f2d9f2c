// Any world: how long each group kept a user waiting, apart from what ran beside it.
import type { Grouping } from '../analysis/grouping.ts'
import { MinHeap } from '../min-heap.ts'
import type { GroupId } from '../numbers.ts'
import type { SessionModel } from '../session/session-model.ts'
import { type Evidence, type Group, gatherEvidence } from './evidence.ts'
import type { Span } from './spans.ts'

/** Milliseconds. `exclusive` ≤ `share` ≤ `waited`. */
export interface InFlight {
  /** In which at least one operation of the group was in flight. */
  waited: number
  /** The same, each moment divided by the number of groups in flight: shares add up to the time that anything was. */
  share: number
  /** In which only this group was in flight. */
  exclusive: number
}

const STEP = 4_096

/** The same for a span of a session and any grouping. */
export function* timeInFlightOf(
  session: SessionModel,
  zoom: Span | null,
  grouping: Grouping,
): Generator<void, Map<GroupId, InFlight>> {
  const evidence = yield* gatherEvidence(session, zoom, grouping)
  const inFlight = yield* timeInFlight(evidence)
  return new Map([...inFlight].map(([index, own]) => [(evidence.groups[index] as Group).id, own]))
}

/**
 * By the group's index. Nobody waits for background groups, which have none, nor for what runs while the page is hidden,
 * which does not count.
 */
export function* timeInFlight(evidence: Evidence): Generator<void, Map<number, InFlight>> {
  const { start, end, groups, families, groupOf, length } = evidence
  const found = new Map<number, InFlight>()
  const isWaitedFor = new Uint8Array(groups.length)
  for (const { index, isBackground } of groups) {
    if (isBackground) continue
    found.set(index, { waited: 0, share: 0, exclusive: 0 })
    isWaitedFor[index] = 1
  }
  const sweep = new Sweep(groups.length, (group, waited, share, exclusive) => {
    const own = found.get(group) as InFlight
    own.waited += waited
    own.share += share
    own.exclusive += exclusive
  })
  for (let position = 0; position < length; position++) {
    if (position % STEP === 0) yield
    const group = groupOf[position] as number
    const [from, to] = [start[position] as number, end[position] as number]
    // What waits for its children takes no time beside theirs.
    if (to <= from || isWaitedFor[group] === 0 || families.has(position) || evidence.hasNoKnownEnd(position)) continue
    if (evidence.isHidden(position)) continue
    sweep.add(group, from, to)
  }
  sweep.leaveUntil(Number.POSITIVE_INFINITY)
  return found
}

type Left = (group: number, waited: number, share: number, exclusive: number) => void

/**
 * Goes through operations by start, and knows at each moment which groups have one in flight. Sums of all time until now
 * are kept, and what they were when a group came, so that coming and going cost the same however many are in flight.
 */
class Sweep {
  /** When each group is left, as far as is known; NaN while it is not in flight. */
  readonly #until: Float64Array
  /** When each group came, and the sums of then. */
  readonly #from: Float64Array
  readonly #shareThen: Float64Array
  readonly #exclusiveThen: Float64Array
  /** The groups in flight, by the end that was known when each was put into it. */
  readonly #ends = new MinHeap()
  /** How many groups are in flight. */
  #active = 0
  readonly #left: Left
  #now = 0
  #share = 0
  #exclusive = 0

  constructor(groups: number, left: Left) {
    this.#left = left
    this.#until = new Float64Array(groups).fill(Number.NaN)
    this.#from = new Float64Array(groups)
    this.#shareThen = new Float64Array(groups)
    this.#exclusiveThen = new Float64Array(groups)
  }

  add(group: number, from: number, to: number): void {
    this.leaveUntil(from)
    const until = this.#until[group] as number
    if (!Number.isNaN(until)) {
      if (to > until) this.#until[group] = to
      return
    }
    this.#advance(from)
    this.#active++
    this.#until[group] = to
    this.#from[group] = from
    this.#shareThen[group] = this.#share
    this.#exclusiveThen[group] = this.#exclusive
    this.#ends.push(to, group)
  }

  /** Takes out the groups that are in flight no longer at `time`. */
  leaveUntil(time: number): void {
    while (this.#ends.length > 0) {
      const known = this.#ends.key
      // Of one that touches the next, this goes on: both are the same stretch of time.
      if (known >= time && time !== Number.POSITIVE_INFINITY) return
      const group = this.#ends.pop()
      const until = this.#until[group] as number
      if (until > known) {
        this.#ends.push(until, group)
        continue
      }
      this.#advance(until)
      this.#active--
      this.#until[group] = Number.NaN
      this.#left(
        group,
        until - (this.#from[group] as number),
        this.#share - (this.#shareThen[group] as number),
        this.#exclusive - (this.#exclusiveThen[group] as number),
      )
    }
  }

  #advance(time: number): void {
    if (this.#active > 0) this.#share += (time - this.#now) / this.#active
    if (this.#active === 1) this.#exclusive += time - this.#now
    this.#now = time
  }
}
