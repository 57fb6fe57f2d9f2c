// Node: whole sessions: an app, what it does anyway, what only looks like a problem, and problems.

import { AppSession } from './app-session.ts'
import { APP_KINDS, traitsOf } from './apps.ts'
import { type Label, PROBLEMS, type Problem } from './problems.ts'
import { createRandom } from './random.ts'
import { ordinaryUse, type Stage, TRAPS, type Trap } from './traps.ts'

export interface Scenario {
  name: string
  session: AppSession
  labels: readonly Label[]
  /** The text of the file. */
  text: string
}

/** Milliseconds between two things that a session consists of. */
const PAUSE = 1_500

/** Traps after which another document is there. */
const MOVES_ON = new Set(['fewLeftBehind'])

interface Plan {
  seed: number
  problems: readonly string[]
  traps: readonly string[]
}

export function writeScenario({ seed, problems, traps }: Plan): Scenario {
  const random = createRandom(seed)
  const app = APP_KINDS[seed % APP_KINDS.length] as (typeof APP_KINDS)[number]
  const traits = traitsOf(app, random)
  // What only Resource Timing says, and what only DevTools says.
  if (traps.includes('blockedByUser')) traits.onlyDevtools = true
  if (problems.includes('uncompressed')) traits.onlyDevtools = false
  // A slow network, on which no answer can be early: not where problems are made of how early answers are.
  if (random.chance(0.06) && !problems.some(each => /slow|poll/.test(each)))
    traits.roundTrip = random.between(600, 1_000)
  const session = new AppSession(traits, random)
  const stage: Stage = { session, app, random }
  const labels: Label[] = []
  let at = random.between(300, 1_500)
  const overlaps = problems.length > 0 && traps.length > 0 && random.chance(0.6)
  if (traps.length > 0 && random.chance(0.05)) session.lose(2_000, 60_000, 12)
  for (const name of random.shuffled([...problems.map(each => `!${each}`), ...traps])) {
    if (name.startsWith('!')) {
      const { labels: own, end } = (PROBLEMS[name.slice(1)] as Problem)(stage, at)
      labels.push(...own)
      at = end
    } else {
      const end = (TRAPS[name] as Trap)(stage, at)
      // What the app does anyway goes on while something is wrong; only a navigation ends all.
      if (!overlaps || MOVES_ON.has(name)) at = end
    }
    at += random.between(overlaps ? 20 : PAUSE, overlaps ? 400 : 3 * PAUSE)
  }
  ordinaryUse(stage, at, at + random.between(20_000, 120_000))
  const name = `${app.name} #${seed}: ${problems.length > 0 ? problems.join(' + ') : 'clean'}${traps.length > 0 ? ` among ${traps.join(', ')}` : ''}`
  return { name, session, labels, text: session.text() }
}

type Suite = 'alone' | 'mixed' | 'clean' | 'clean, one trap'

/** @param seeds sessions of each sort. */
export function* scenarios(firstSeed: number, seeds: number): Generator<Scenario & { suite: Suite }, void> {
  const problemNames = Object.keys(PROBLEMS)
  const trapNames = Object.keys(TRAPS)
  let seed = firstSeed * 1_000_003
  for (let i = 0; i < seeds; i++) {
    for (const problem of problemNames) {
      yield { suite: 'alone', ...writeScenario({ seed: seed++, problems: [problem], traps: [] }) }
      const random = createRandom(seed)
      const others = random.shuffled(problemNames.filter(each => baseOf(each) !== baseOf(problem)))
      // Two of the same heap look the same.
      const traps = random
        .shuffled(trapNames)
        .filter(trap => !/heap|caches/i.test(trap))
        .slice(0, random.integer(4, 10))
      yield {
        suite: 'mixed',
        ...writeScenario({
          seed: seed++,
          problems: [problem, ...distinct(others).slice(0, random.integer(0, 3))],
          traps,
        }),
      }
    }
    for (const trap of trapNames)
      yield { suite: 'clean, one trap', ...writeScenario({ seed: seed++, problems: [], traps: oneHeap([trap, trap]) }) }
    for (let k = 0; k < 12; k++) {
      const random = createRandom(seed)
      yield {
        suite: 'clean',
        ...writeScenario({
          seed: seed++,
          problems: [],
          traps: oneHeap(random.shuffled(trapNames).slice(0, random.integer(8, 25))),
        }),
      }
    }
  }
}

/** `n-plus-one (custom)` is of the kind `n-plus-one`. */
function baseOf(problem: string): string {
  return problem.replace(/ \(.*/, '')
}

/** A page has one heap. */
function oneHeap(traps: readonly string[]): string[] {
  const isHeap = (trap: string): boolean => /heap|caches/i.test(trap)
  return traps.filter((trap, i) => !isHeap(trap) || traps.findIndex(isHeap) === i)
}

function distinct(problems: readonly string[]): string[] {
  return problems.filter((problem, i) => problems.findIndex(each => baseOf(each) === baseOf(problem)) === i)
}
