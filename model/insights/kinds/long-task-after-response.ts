// Any world: answers that keep the main thread busy as soon as they are there.

import { median, sum } from '../../statistics.ts'
import { countText, timeText } from '../amounts.ts'
import { type Evidence, type Group, isRequestKind } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'

export const MIN_TASKS = 3
/** The share of the route's answers that a long task follows. */
export const MIN_SHARE = 0.5
/** Milliseconds (median of the tasks): twice what is called long. */
export const MIN_TASK_MS = 100
/** Milliseconds from the body's end within which the task has to start. */
export const WINDOW_MS = { before: 5, after: 60 } as const
/** The probability that so many tasks follow by chance. */
export const MAX_CHANCE = 0.01
/** Milliseconds of a document's life in which it is busy anyway. */
const LOAD_MS = 1_000
/** Long Tasks API: a task of up to 50 ms is none. */
const LONG_MS = 50

export const longTaskAfterResponse: Detector = {
  kind: 'long-task-after-response',
  title: 'Answers that block the page',
  rule: `A long task starts within ${WINDOW_MS.after} ms of the end of at least ${MIN_TASKS}, and ${MIN_SHARE * 100}%, of a route's answers; their median is ${MIN_TASK_MS} ms, and the chance of that is below ${MAX_CHANCE * 100}%.`,
  cannotRun: ({ session }) => (session.longTasks.length === 0 ? 'no long tasks were recorded' : undefined),
  *find(evidence) {
    const length = Math.max(1, evidence.span.to - evidence.span.from)
    const rate = evidence.session.longTasks.length / length
    const chance = Math.min(1, rate * (WINDOW_MS.before + WINDOW_MS.after))
    const candidates: { group: Group; answers: number; hits: Hit[] }[] = []
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_TASKS || !isRequestKind(group.kind)) continue
      const found = tasksAfter(evidence, group)
      if (isOften(found, chance)) candidates.push({ group, ...found })
    }
    // A task that follows the answers of several routes is one route's doing: of the one that has it most regularly.
    candidates.sort((a, b) => b.hits.length / b.answers - a.hits.length / a.answers || b.hits.length - a.hits.length)
    const taken = new Set<number>()
    const findings: Finding[] = []
    for (const { group, answers, hits: all } of candidates) {
      const hits = all.filter(({ task }) => !taken.has(task))
      if (!isOften({ answers, hits }, chance)) continue
      for (const { task } of hits) taken.add(task)
      const tasks = hits.map(({ task }) => evidence.session.longTasks.duration.get(task))
      findings.push({
        kind: 'long-task-after-response',
        route: group.name,
        confidence: 'likely',
        savedMs: sum(tasks.map(task => task - LONG_MS)),
        count: hits.length,
        evidence: hits.map(({ position }) => position),
        removes: hits.map(({ task }) => {
          const from = evidence.session.longTasks.start.get(task)
          return { from: from + LONG_MS, to: from + evidence.session.longTasks.duration.get(task) }
        }),
        sentence: `After ${countText(hits.length, 'answer')} of ${answers} of ${group.name} the main thread was busy for ${timeText(median(tasks))} (median).`,
        remedy:
          'Profile what the page does with the answer: parse less, render in parts, or move the work to a worker.',
        caveats: ['Which script ran is not known: something else may have started at the same time.'],
      })
    }
    return findings

    /** Whether tasks follow the answers, long enough and more often than they would by chance. */
    function isOften({ answers, hits }: { answers: number; hits: readonly Hit[] }, byChance: number): boolean {
      if (hits.length < MIN_TASKS || hits.length < MIN_SHARE * answers) return false
      if (atLeast(hits.length, answers, byChance) > MAX_CHANCE) return false
      return median(hits.map(({ task }) => evidence.session.longTasks.duration.get(task))) >= MIN_TASK_MS
    }
  },
}

/** An answer, and the number of the long task that follows it. */
interface Hit {
  position: number
  task: number
}

/** The probability of at least `hits` of `trials` when each has the probability `p`. */
function atLeast(hits: number, trials: number, p: number): number {
  if (p <= 0) return 0
  if (p >= 1) return 1
  let term = trials * Math.log(1 - p)
  let below = 0
  for (let k = 0; k < hits; k++) {
    below += Math.exp(term)
    term += Math.log((trials - k) / (k + 1)) + Math.log(p / (1 - p))
  }
  return Math.max(0, 1 - below)
}

function tasksAfter(evidence: Evidence, group: Group): { answers: number; hits: Hit[] } {
  const { longTasks, documents } = evidence.session
  const hits: Hit[] = []
  let answers = 0
  let taken = -1
  for (const position of evidence.sample(group)) {
    if (!evidence.isOk(position)) continue
    const end = evidence.end[position] as number
    const document = evidence.document(position)
    if (end - (documents.get(document)?.timeOrigin ?? 0) < LOAD_MS) continue
    answers++
    const task = longTasks.indexFrom(end - WINDOW_MS.before)
    if (task >= longTasks.length || task === taken || longTasks.start.get(task) > end + WINDOW_MS.after) continue
    taken = task
    hits.push({ position, task })
  }
  return { answers, hits }
}
