// Panel: settles the heap, and leads through the rounds of a leak test. What it reads is kept in the session.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { LogEntry } from '../../../wire/log.ts'
import type { LiveSession } from '../../app/stores/live-session.ts'
import type { Heap } from './settle.ts'

/** The first does not count: it loads code and fills caches. */
export const ROUNDS = 7
export const IDLE_ROUNDS = 6
/** Milliseconds of an idle round. */
export const IDLE_TIME = 2_000

/**
 * Collections for each reading of a leak test. In a page in which nothing happens, the heap after one collection can be up to 15 kB
 * larger than after the next, and is never smaller than what stays. The lowest of five readings varies by about 1 kB.
 */
const COLLECTIONS = 5

/** `round`: the user repeats the action; `control`: nothing is done. */
export type LeakPhase = 'idle' | 'settling' | 'round' | 'control' | 'done'

export interface LeakTestStore {
  phase: ReadonlySignal<LeakPhase>
  /** The round that runs, from 1. */
  round: ReadonlySignal<number>
  /** How many there are. */
  rounds: ReadonlySignal<number>
  problem: ReadonlySignal<string | null>
  /** Milliseconds that the last reading took, with its collections. */
  settledIn: ReadonlySignal<number | null>
  /** Collects, reads the heap and keeps the reading, outside of a test. */
  settle(): Promise<void>
  /** Takes the reading before the first round. */
  start(): Promise<void>
  /** The action has been done: settles, reads, and begins the next round. */
  endRound(): Promise<void>
  /** Goes on with as many rounds again: several operations are distinguished by how often each ran. */
  more(): void
  /** Rounds in which nothing is done. */
  control(): Promise<void>
  /** Ends the test where it is. What was read stays in the session. */
  end(): void
}

export interface LeakTestParts {
  live: Pick<LiveSession, 'session' | 'info'>
  page: Heap
  append(sessionId: string, entry: LogEntry): Promise<boolean>
  wait?(ms: number): Promise<void>
}

export function createLeakTestStore({ live, page, append, wait = waitFor }: LeakTestParts): LeakTestStore {
  const phase = signal<LeakPhase>('idle')
  const round = signal(0)
  const problem = signal<string | null>(null)
  const settledIn = signal<number | null>(null)
  /** Counts tests: what was begun in an ended one changes nothing. */
  let test = 0
  const rounds = signal(ROUNDS)

  const read = async (label: string, place: { round?: number; idle?: true } = {}): Promise<void> => {
    const info = live.info.peek()
    const document = live.session.peek().documents.top
    if (!info || !document) throw new Error('nothing of this page is recorded yet; reload it')
    const from = performance.now()
    const { used, time, timeOrigin } = await page.settle(place.round === undefined ? 1 : COLLECTIONS)
    if (Math.abs(timeOrigin - document.timeOrigin) > 1_000) throw new Error('the page has navigated')
    settledIn.value = performance.now() - from
    const snapshot = { label, time, usedBytes: used, settled: true as const, ...place }
    if (!(await append(info.id, { type: 'settled', document, snapshot }))) throw new Error('the session was cleared')
  }
  /** Runs a step of the current test, and ends the test where the step fails. */
  const step = async (next: LeakPhase, run: (isCurrent: () => boolean) => Promise<void>): Promise<void> => {
    const own = test
    phase.value = 'settling'
    problem.value = null
    try {
      await run(() => own === test)
      if (own === test) phase.value = next
    } catch (cause) {
      if (own !== test) return
      problem.value = `Couldn’t settle the heap: ${(cause as Error).message}.`
      phase.value = 'idle'
    }
  }

  return {
    phase,
    round,
    rounds,
    problem,
    settledIn,
    settle: () => step('idle', () => read('Settled')),
    async start() {
      test++
      round.value = 1
      rounds.value = ROUNDS
      await step('round', () => read('Leak test: start', { round: 0 }))
    },
    async endRound() {
      const ended = round.peek()
      await step(ended >= rounds.peek() ? 'done' : 'round', async isCurrent => {
        await read(`Leak test: round ${ended}`, { round: ended })
        if (isCurrent()) round.value = ended + 1
      })
    },
    more() {
      rounds.value += ROUNDS
      phase.value = 'round'
    },
    async control() {
      await step('done', async isCurrent => {
        for (let number = 0; number <= IDLE_ROUNDS && isCurrent(); number++) {
          await read(`Leak test: idle ${number}`, { round: number, idle: true })
          if (!isCurrent()) return
          phase.value = 'control'
          if (number < IDLE_ROUNDS) await wait(IDLE_TIME)
        }
      })
    },
    end() {
      test++
      phase.value = 'idle'
      round.value = 0
    },
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
