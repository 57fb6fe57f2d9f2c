// Node (the test's process): `expect(perf).toStayWithin(…)` and the others.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as base, test } from 'playwright/test'
import type { Budgets } from '../model/checks/budget.ts'
import { checkBudgets, exceededText } from '../model/checks/budgets.ts'
import { unwantedInsights } from '../model/checks/no-insights.ts'
import { type ComparedName, compareSessions } from '../model/comparison/compare-sessions.ts'
import { comparisonText } from '../model/comparison/comparison-text.ts'
import { DEFAULT_THRESHOLDS } from '../model/comparison/verdict.ts'
import { INSIGHT_KINDS, type InsightKind } from '../model/insights/insight-kinds.ts'
import { aside } from '../model/insights/insights-text.ts'
import type { SessionModel } from '../model/session/session-model.ts'
import { readBaseline } from '../node/baseline.ts'
import { complete } from '../node/complete.ts'
import { readSession, readSessionFile } from '../node/session-file.ts'
import type { SessionFile } from '../session/format.ts'
import type { Perf } from './perf.ts'
import { PerfRecorder } from './perf-recorder.ts'
import { testSlug } from './test-slug.ts'

/** What can be expected of: the fixture, a session, or the path of a session's file. */
type Recorded = Perf | SessionFile | string

interface Result {
  pass: boolean
  message: () => string
}

export const expect = base.extend({
  /** No operation exceeds its budget, by patterns of names such as `GET /api/*`. */
  async toStayWithin(recorded: Recorded, budgets: Budgets): Promise<Result> {
    const { exceeded, unmatched } = complete(checkBudgets([await modelOf(recorded)], budgets))
    const lines = [
      ...exceeded.map(exceededText),
      ...unmatched.map(pattern => `${pattern}: no operation has such a name`),
    ]
    return result('toStayWithin', lines, 'The budgets are exceeded:', 'The budgets are kept.')
  },

  /** Nothing of this kind is to be fixed; of any kind where none is given, if that is at least likely. */
  async toHaveNoInsight(recorded: Recorded, kind?: InsightKind): Promise<Result> {
    if (kind !== undefined && !INSIGHT_KINDS.includes(kind)) {
      throw new TypeError(`toHaveNoInsight: there is no kind "${kind}". The kinds are ${INSIGHT_KINDS.join(', ')}.`)
    }
    const found = complete(unwantedInsights([await modelOf(recorded)], kind && [kind]))
    const lines = found.flatMap(insight => [`${insight.sentence} (${aside(insight)})`, `  ${insight.remedy}`])
    return result('toHaveNoInsight', lines, 'Perf found:', 'Perf found nothing.')
  },

  /**
   * No operation is slower, or fails more, than in a baseline, as far as the comparison is sure.
   * @param baseline a folder that `perf-devtools baseline` has written, or session files.
   */
  async toBeNoSlowerThan(recorded: Recorded, baseline: string | readonly string[]): Promise<Result> {
    const files = typeof baseline === 'string' ? await filesOf(baseline) : baseline
    if (files.length === 0) throw new Error('toBeNoSlowerThan: the baseline has no session.')
    const before = await Promise.all(files.map(readSessionFile))
    const comparison = complete(compareSessions(before, [await modelOf(recorded)], DEFAULT_THRESHOLDS))
    const worse = comparison.names.filter(isWorse)
    const lines =
      worse.length > 0
        ? comparisonText({ ...comparison, names: worse })
            .trimEnd()
            .split('\n')
        : []
    return result(
      'toBeNoSlowerThan',
      lines,
      `Slower than ${files.length} session(s) of the baseline:`,
      'Nothing is slower.',
    )
  },
})

function isWorse({ verdict, failsMore }: ComparedName): boolean {
  return verdict === 'slower' || failsMore
}

function result(name: string, lines: readonly string[], failed: string, passed: string): Result {
  const head = `expect(perf).${name}`
  return {
    pass: lines.length === 0,
    message: () => (lines.length > 0 ? `${head}\n\n${failed}\n${lines.join('\n')}` : `${head}\n\n${passed}`),
  }
}

async function modelOf(recorded: Recorded): Promise<SessionModel> {
  if (typeof recorded === 'string') return readSessionFile(recorded)
  if (recorded instanceof PerfRecorder) return recorded.sessionModel()
  return readSession(new Blob([JSON.stringify(recorded)]))
}

/** The files of a folder; if it is a baseline, those of this test. Without any, nothing could ever be slower, so that is an error. */
async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const { tests } = (await readBaseline(path)) ?? {}
  if (tests) {
    const slug = testSlug(test.info())
    const ofTest = tests[slug]
    if (!ofTest?.length) throw new Error(`toBeNoSlowerThan: the baseline in ${path} has no session of ${slug}.`)
    return ofTest.map(name => join(path, name))
  }
  const names = (await readdir(path)).filter(name => /\.json(?:\.gz)?$/.test(name))
  if (names.length === 0) throw new Error(`toBeNoSlowerThan: there is no session in ${path}.`)
  return names.map(name => join(path, name))
}
