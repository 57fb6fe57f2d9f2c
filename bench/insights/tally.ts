// Node: adds up scores.
import { INSIGHT_KINDS, type InsightKind } from '../../model/insights/insight.ts'
import { quantileOf, sortedNumbers } from '../../model/statistics.ts'
import type { Label } from './generator/problems.ts'
import type { Score } from './score.ts'

export const MIN_RECALL = 0.95
export const MIN_PRECISION = 0.95
/** A stated saving is right within this factor of the label. */
export const MAX_FACTOR = 2

interface Counts {
  planted: number
  found: number
  wrong: number
  ratios: number[]
}

export class Tally {
  static readonly header = ['kind', 'planted', 'found', 'wrong', 'saved: median ratio', 'within a factor of 2']
  sessions = 0
  cleanSessions = 0
  /** Clean sessions of which something was said that is called likely or certain; and of which anything was. */
  flagged = 0
  mentioned = 0
  readonly #kinds = new Map<InsightKind, Counts>()

  add(suite: string, labels: readonly Label[], { found, wrong }: Score): void {
    this.sessions++
    if (suite.startsWith('clean')) {
      this.cleanSessions++
      if (wrong.some(({ confidence }) => confidence !== 'possible')) this.flagged++
      if (wrong.length > 0) this.mentioned++
    }
    for (const { kind } of labels) this.#of(kind).planted++
    for (const { kind } of wrong) this.#of(kind).wrong++
    for (const { label, claim } of found) {
      const counts = this.#of(label.kind)
      counts.found++
      if (label.savedMs >= 100) counts.ratios.push(claim.savedMs / label.savedMs)
    }
  }

  rows(): string[][] {
    return INSIGHT_KINDS.map(kind => {
      const { planted, found, wrong, ratios } = this.#of(kind)
      const middle = ratios.length > 0 ? quantileOf(sortedNumbers(ratios), 0.5).toFixed(2) : ''
      return [
        kind,
        `${planted}`,
        `${found}`,
        `${wrong}`,
        middle,
        ratios.length > 0 ? share(right(ratios), ratios.length) : '',
      ]
    })
  }

  summary(): [what: string, value: string][] {
    const { planted, found, wrong, ratios } = this.#total()
    return [
      ['recall', share(found, planted)],
      ['precision', share(found, found + wrong)],
      ['clean sessions flagged as likely or certain', `${this.flagged} of ${this.cleanSessions}`],
      ['clean sessions with anything said', `${this.mentioned} of ${this.cleanSessions}`],
      ['saved time within a factor of 2', share(right(ratios), ratios.length)],
    ]
  }

  get meetsTargets(): boolean {
    const { planted, found, wrong, ratios } = this.#total()
    return (
      found >= MIN_RECALL * planted &&
      found >= MIN_PRECISION * (found + wrong) &&
      this.flagged === 0 &&
      right(ratios) >= MIN_RECALL * ratios.length
    )
  }

  #total(): Counts {
    const all = [...this.#kinds.values()]
    const sum = (of: (counts: Counts) => number): number => all.reduce((total, each) => total + of(each), 0)
    return {
      planted: sum(c => c.planted),
      found: sum(c => c.found),
      wrong: sum(c => c.wrong),
      ratios: all.flatMap(c => c.ratios),
    }
  }

  #of(kind: InsightKind): Counts {
    const counts = this.#kinds.get(kind) ?? { planted: 0, found: 0, wrong: 0, ratios: [] }
    this.#kinds.set(kind, counts)
    return counts
  }
}

function right(ratios: readonly number[]): number {
  return ratios.filter(ratio => ratio <= MAX_FACTOR && ratio >= 1 / MAX_FACTOR).length
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}% (${part} of ${whole})`
}
