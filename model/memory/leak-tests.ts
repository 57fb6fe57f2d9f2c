// Model: the leak tests of a session, from its settled snapshots and the operations between them.
import { grownOf, judgeKept, type KeptBytes, type LeakVerdict, leakVerdict } from '../../session/leak-verdict.ts'
import { PENDING } from '../../wire/operations.ts'
import { groupByRoute } from '../analysis/grouping.ts'
import { rowsIn } from '../session/rows-in.ts'
import type { PlacedSnapshot, SessionModel } from '../session/session-model.ts'
import { jointKept } from './joint-kept.ts'

/** Names that are listed of a round: with more, nobody can say which one it was. */
export const MAX_NAMES = 20

/** Operations that ran equally often in every round that counts: the heap cannot tell them apart. */
export interface CallGroup {
  names: string[]
  /** Calls of each of them in a round, on average. */
  callsPerRound: number
  /** Undefined where the rounds cannot tell this group from the others. */
  perCall: KeptBytes | undefined
  verdict: 'keeps' | 'nothing'
  confidence?: 'likely' | 'certain'
}

export interface LeakTest {
  /** Epoch milliseconds. */
  startTime: number
  /** Bytes in use before the first round, and after each. */
  used: number[]
  /** The same of the control; empty without one. */
  idle: number[]
  /** Of the rounds as a whole. */
  perRound: LeakVerdict
  /** By how often they ran; empty where no operation was recorded. */
  groups: CallGroup[]
}

/** The tests of a session, the latest last. Each begins with a reading before its first round. */
export function leakTestsOf(session: SessionModel): LeakTest[] {
  const tests: PlacedSnapshot[][] = []
  for (const snapshot of session.snapshots) {
    if (snapshot.round === undefined || snapshot.usedBytes === undefined) continue
    if (snapshot.round === 0 && !snapshot.idle) tests.push([])
    tests.at(-1)?.push(snapshot)
  }
  return tests.map(readings => testOf(session, readings))
}

function testOf(session: SessionModel, readings: readonly PlacedSnapshot[]): LeakTest {
  const rounds = readings.filter(({ idle }) => !idle)
  const used = rounds.map(({ usedBytes = 0 }) => usedBytes)
  const idle = readings.filter(each => each.idle).map(({ usedBytes = 0 }) => usedBytes)
  const counted = countsOf(session, rounds)
  const kept = jointKept(
    counted.map(({ counts }) => counts),
    grownOf(used),
  )
  return {
    startTime: readings[0]?.time ?? 0,
    used,
    idle,
    perRound: leakVerdict({ used, idle, callsPerRound: 1 }),
    groups: counted.map(({ names, counts }, i) => {
      const callsPerRound = sumOf(counts) / counts.length
      const perCall = kept?.[i]
      const judged = perCall ? judgeKept(perCall, { used, idle, callsPerRound }) : { verdict: 'nothing' as const }
      return { names, callsPerRound, perCall, ...judged }
    }),
  }
}

interface Counted {
  names: string[]
  /** Calls in each round that counts. */
  counts: number[]
}

/** Operations that ran equally often in every round that counts are one group. The first round does not count. */
function countsOf(session: SessionModel, rounds: readonly PlacedSnapshot[]): Counted[] {
  const { operations } = session
  const grouping = groupByRoute(operations)
  const counts = new Map<string, number[]>()
  const counted = rounds.slice(1)
  for (const [i, { time }] of counted.entries()) {
    const since = counted[i - 1]?.time
    if (since === undefined) continue
    const { list, from, to } = rowsIn(operations.order, operations.start, { from: since, to: time })
    for (let position = from; position < to; position++) {
      const row = list.row(position)
      if (operations.outcome.get(row) === PENDING) continue
      const name = grouping.nameOf(grouping.groupOf(row))
      if (!counts.has(name) && counts.size >= MAX_NAMES) continue
      const each = counts.get(name) ?? new Array<number>(counted.length - 1).fill(0)
      counts.set(name, each)
      ;(each[i - 1] as number)++
    }
  }
  const groups = new Map<string, Counted>()
  for (const [name, perRound] of counts) {
    const key = perRound.join()
    const group = groups.get(key) ?? { names: [], counts: perRound }
    group.names.push(name)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => sumOf(b.counts) - sumOf(a.counts))
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
