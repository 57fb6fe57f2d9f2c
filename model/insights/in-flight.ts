// Any world: how long each group kept a user waiting, told apart from what ran beside it.
import { mergeSort } from '../analysis/merge-sort.ts'
import type { Evidence } from './evidence.ts'

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

/** By the group's index; background groups, which nobody waits for, have none. */
export function* timeInFlight(evidence: Evidence): Generator<void, Map<number, InFlight>> {
  const times: number[] = []
  const signs: number[] = []
  const found = new Map<number, InFlight>()
  for (const { index, members, isBackground } of evidence.groups) {
    if (isBackground) continue
    const own: InFlight = { waited: 0, share: 0, exclusive: 0 }
    found.set(index, own)
    let from = Number.NaN
    let to = Number.NEGATIVE_INFINITY
    const close = (): void => {
      if (!(to > from)) return
      own.waited += to - from
      times.push(from, to)
      signs.push(index + 1, -(index + 1))
    }
    for (const [i, position] of members.entries()) {
      if (i % STEP === 0) yield
      // What waits for its children takes no time beside theirs.
      if (evidence.hasNoKnownEnd(position) || evidence.families.has(position)) continue
      const start = evidence.start[position] as number
      if (start > to) {
        close()
        from = start
      }
      to = Math.max(to, evidence.end[position] as number)
    }
    close()
  }
  const sorted = yield* mergeSort(Uint32Array.from(times.keys()), (a, b) => (times[a] as number) - (times[b] as number))
  const entered = new Map<number, { share: number; exclusive: number }>()
  let [share, exclusive, active, before] = [0, 0, 0, 0]
  for (const [i, event] of sorted.entries()) {
    if (i % STEP === 0) yield
    const time = times[event] as number
    if (active > 0) share += (time - before) / active
    if (active === 1) exclusive += time - before
    before = time
    const sign = signs[event] as number
    const index = Math.abs(sign) - 1
    if (sign > 0) {
      active++
      entered.set(index, { share, exclusive })
    } else {
      active--
      const at = entered.get(index) ?? { share, exclusive }
      const own = found.get(index) as InFlight
      own.share += share - at.share
      own.exclusive += exclusive - at.exclusive
    }
  }
  return found
}
