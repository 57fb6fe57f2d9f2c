// Any world: answers that keep the main thread busy as soon as they are there.
import { countText, timeText } from '../amounts.ts'
import type { Evidence, Group } from '../evidence.ts'
import type { Detector, Finding } from '../insight.ts'
import { median, sum } from '../statistics.ts'

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
    const findings: Finding[] = []
    const length = Math.max(1, evidence.span.to - evidence.span.from)
    const rate = evidence.session.longTasks.length / length
    const chance = Math.min(1, rate * (WINDOW_MS.before + WINDOW_MS.after))
    for (const group of evidence.groups) {
      yield
      if (group.members.length < MIN_TASKS || !evidence.isRequest(group.members[0] as number)) continue
      const { answers, hits, tasks } = tasksAfter(evidence, group)
      if (hits.length < MIN_TASKS || hits.length < MIN_SHARE * answers) continue
      if (median(tasks) < MIN_TASK_MS || chance ** hits.length > MAX_CHANCE) continue
      findings.push({
        kind: 'long-task-after-response',
        route: group.name,
        confidence: 'likely',
        savedMs: sum(tasks.map(task => task - LONG_MS)),
        count: hits.length,
        evidence: hits,
        removes: hits.map((position, i) => {
          const from = evidence.end[position] as number
          return { from: from + LONG_MS, to: from + (tasks[i] as number) }
        }),
        sentence: `After ${countText(hits.length, 'answer')} of ${answers} of ${group.name} the main thread was busy for ${timeText(median(tasks))} (median).`,
        remedy:
          'Profile what the page does with the answer: parse less, render in parts, or move the work to a worker.',
        caveats: ['Which script ran is not known: something else may have started at the same time.'],
      })
    }
    return findings
  },
}

function tasksAfter(evidence: Evidence, group: Group) {
  const { longTasks, documents } = evidence.session
  const hits: number[] = []
  const tasks: number[] = []
  let answers = 0
  let taken = -1
  for (const position of evidence.sample(group)) {
    if (!evidence.isOk(position)) continue
    const end = evidence.end[position] as number
    const document = evidence.document(position)
    if (end - (documents.get(document)?.timeOrigin ?? 0) < LOAD_MS) continue
    answers++
    const i = longTasks.indexFrom(end - WINDOW_MS.before)
    if (i >= longTasks.length || i === taken || longTasks.start.get(i) > end + WINDOW_MS.after) continue
    taken = i
    hits.push(position)
    tasks.push(longTasks.duration.get(i))
  }
  return { answers, hits, tasks }
}
