// Model: limits for operations by name, held against one or more sessions.
import { harrellDavis } from '../comparison/harrell-davis.ts'
import { type Samples, samplesOf } from '../comparison/samples.ts'
import { timeText } from '../insights/amounts.ts'
import type { SessionModel } from '../session/session-model.ts'
import type { Budget, Budgets } from './budget.ts'

export const BUDGET_LIMITS = ['p50', 'p95', 'max', 'count', 'failures', 'bytes'] as const satisfies (keyof Budget)[]
export type BudgetLimit = (typeof BUDGET_LIMITS)[number]

export interface Exceeded {
  name: string
  limit: BudgetLimit
  allowed: number
  found: number
}

export interface BudgetResult {
  exceeded: Exceeded[]
  /** Patterns that no operation's name matches. */
  unmatched: string[]
}

export function* checkBudgets(sessions: readonly SessionModel[], budgets: Budgets): Generator<void, BudgetResult> {
  const pooled = (yield* samplesOf(sessions.map(session => ({ session })))).byName
  const each: ReadonlyMap<string, Samples>[] = []
  for (const session of sessions) each.push((yield* samplesOf([{ session }])).byName)
  const exceeded: Exceeded[] = []
  const unmatched: string[] = []
  for (const [pattern, budget] of Object.entries(budgets)) {
    const names = [...pooled.keys()].filter(matcher(pattern))
    if (names.length === 0) unmatched.push(pattern)
    for (const name of names) {
      const measured = measure(
        pooled.get(name) as Samples,
        each.map(runs => runs.get(name)),
      )
      for (const limit of BUDGET_LIMITS) {
        const [allowed, found] = [budget[limit], measured[limit]]
        if (allowed !== undefined && found !== undefined && found > allowed)
          exceeded.push({ name, limit, allowed, found })
      }
    }
  }
  return { exceeded, unmatched }
}

/** @param runs of the name in each session; undefined where it has none. */
function measure({ durations }: Samples, runs: readonly (Samples | undefined)[]): Budget {
  const largest = (value: (samples: Samples) => number): number => Math.max(...runs.map(run => (run ? value(run) : 0)))
  const times =
    durations.length > 0
      ? { p50: harrellDavis(durations, 0.5), p95: harrellDavis(durations, 0.95), max: durations.at(-1) as number }
      : {}
  return {
    ...times,
    count: largest(({ ended, cancelled, running }) => ended + cancelled + running),
    failures: largest(({ failed }) => failed),
    bytes: largest(({ bytes }) => bytes),
  }
}

function matcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const whole = new RegExp(`^${parts.join('.*')}$`, 's')
  return name => whole.test(name)
}

export function exceededText({ name, limit, allowed, found }: Exceeded): string {
  const isTime = limit === 'p50' || limit === 'p95' || limit === 'max'
  const text = (value: number): string => (isTime ? timeText(value) : value.toLocaleString('en'))
  return `${name}: ${limit} is ${text(found)}, and the budget allows ${text(allowed)}`
}
