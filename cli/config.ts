// Node: `perf.config.json`, which says what a check holds the sessions against.
import { readFile } from 'node:fs/promises'
import type { Budget, Budgets } from '../model/checks/budget.ts'
import { BUDGET_LIMITS } from '../model/checks/budgets.ts'
import { DEFAULT_THRESHOLDS, type Thresholds } from '../model/comparison/verdict.ts'
import { INSIGHT_KINDS, type InsightKind } from '../model/insights/insight-kinds.ts'
import { reasonOf } from '../node/session-file.ts'
import { shareOf, timeOf, UsageError } from './usage.ts'

export const CONFIG_FILE = 'perf.config.json'
export const DEFAULT_BASELINE = 'perf-baseline'
export const DEFAULT_RESULTS = 'perf-results'
/** Each run differs from the next: fewer say little. */
const DEFAULT_RUNS = 5
const MAX_RUNS = 1_000

export interface CheckConfig {
  /** Runs the tests once. The fixture leaves their sessions in the folder `results`. */
  command?: string
  runs: number
  baseline: string
  /** Whether the configuration names the baseline: then there has to be one. */
  needsBaseline: boolean
  results: string
  thresholds: Thresholds
  budgets: Budgets
  /** The kinds that must not be found; all that are at least likely where it is true, and none where it is false. */
  insights: readonly InsightKind[] | boolean
}

const KEYS = ['$schema', 'command', 'runs', 'baseline', 'results', 'slower', 'atLeast', 'budgets', 'insights']

/** @param path undefined for `perf.config.json`, which need not be there. */
export async function readConfig(path: string | undefined): Promise<CheckConfig> {
  const file = path ?? CONFIG_FILE
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (path === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return checked({}, file)
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`)
  }
  let parsed: unknown
  try {
    // Editors on Windows begin a file with a byte order mark, which JSON does not have.
    parsed = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}.`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new UsageError(`${file} must hold an object.`)
  return checked(parsed as Record<string, unknown>, file)
}

function checked(given: Record<string, unknown>, file: string): CheckConfig {
  const wrong = (what: string): UsageError => new UsageError(`${file}: ${what}.`)
  for (const key of Object.keys(given)) {
    if (!KEYS.includes(key)) throw wrong(`there is no setting "${key}"; the settings are ${KEYS.slice(1).join(', ')}`)
  }
  const text = (name: string, otherwise: string): string => {
    const value = given[name] ?? otherwise
    if (typeof value !== 'string' || value === '') throw wrong(`${name} has to be a text`)
    return value
  }
  const runs = given.runs ?? DEFAULT_RUNS
  if (!Number.isInteger(runs) || (runs as number) < 1 || (runs as number) > MAX_RUNS) {
    throw wrong(`runs has to be a whole number from 1 to ${MAX_RUNS}`)
  }
  const { slower, atLeast } = given
  return {
    ...(given.command === undefined ? {} : { command: text('command', '') }),
    runs: runs as number,
    baseline: text('baseline', DEFAULT_BASELINE),
    needsBaseline: given.baseline !== undefined,
    results: text('results', DEFAULT_RESULTS),
    thresholds: {
      ratio: slower === undefined ? DEFAULT_THRESHOLDS.ratio : shareOf(`${file}: slower`, text('slower', '')),
      shiftMs: atLeast === undefined ? DEFAULT_THRESHOLDS.shiftMs : timeOf(`${file}: atLeast`, text('atLeast', '')),
    },
    budgets: budgetsOf(given.budgets ?? {}, wrong),
    insights: insightsOf(given.insights ?? false, wrong),
  }
}

function budgetsOf(given: unknown, wrong: (what: string) => UsageError): Budgets {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw wrong('budgets has to be an object')
  for (const [pattern, budget] of Object.entries(given)) {
    if (typeof budget !== 'object' || budget === null || Array.isArray(budget))
      throw wrong(`the budget of "${pattern}" has to be an object`)
    for (const [limit, allowed] of Object.entries(budget)) {
      if (!(BUDGET_LIMITS as readonly string[]).includes(limit)) {
        throw wrong(`the budget of "${pattern}" has no limit "${limit}"; the limits are ${BUDGET_LIMITS.join(', ')}`)
      }
      if (typeof allowed !== 'number' || !(allowed >= 0)) {
        throw wrong(`${limit} of "${pattern}" has to be a number, 0 or more`)
      }
    }
  }
  return given as Record<string, Budget>
}

function insightsOf(given: unknown, wrong: (what: string) => UsageError): CheckConfig['insights'] {
  if (typeof given === 'boolean') return given
  if (!Array.isArray(given)) throw wrong('insights has to be a list of kinds, or true for all')
  for (const kind of given) {
    if (!INSIGHT_KINDS.includes(kind as InsightKind)) {
      throw wrong(`there is no insight "${kind}"; the kinds are ${INSIGHT_KINDS.join(', ')}`)
    }
  }
  return given as InsightKind[]
}
