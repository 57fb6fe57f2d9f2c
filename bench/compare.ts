// Node. `npm run bench:compare -- [--seeds N] [--operations N]`: how often a comparison alarms wrongly, and how often it finds a
// change, on invented runs; and what a comparison of very large sessions takes. Exits with 1 when a target is missed.
import { parseArgs } from 'node:util'
import { compareSides } from '../model/comparison/compare-sessions.ts'
import { largeSession } from './compare/large-session.ts'
import { simulate } from './compare/simulate.ts'
import { markdownTable } from './harness/markdown-table.ts'

/** Of the whole comparison, and of its longest task: milliseconds. */
const MAX_TOTAL = 3_000
const MAX_TASK = 50
/** Shares of the simulated comparisons, with five runs a side. */
const MAX_FALSE_ALARMS = 0.02
const MIN_FOUND = 0.8

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, operations: { type: 'string', default: '1000000' } },
})
const seeds = Number(options.seeds)
const missed: string[] = []

const rows: string[][] = []
for (const runs of [5, 3, 2, 1]) {
  for (const noise of [0, 0.05, 0.1]) {
    for (const ratio of [1, 1.2, 1.3]) {
      const { slower, faster, same, inconclusive } = simulate({ runs, samples: 100, noise, ratio }, seeds)
      const share = (count: number): string => `${((count / seeds) * 100).toFixed(1)}%`
      const change = ratio === 1 ? 'none' : `+${Math.round((ratio - 1) * 100)}%`
      rows.push([String(runs), `${noise * 100}%`, change, ...[slower, faster, same, inconclusive].map(share)])
      if (runs < 5) continue
      const where = `${runs} runs, ${noise * 100}% noise`
      if (ratio === 1 && slower + faster > seeds * MAX_FALSE_ALARMS) missed.push(`false alarms: ${where}`)
      if (ratio === 1.3 && noise === 0.05 && slower < seeds * MIN_FOUND) missed.push(`+30% not found: ${where}`)
      if (ratio === 1.2 && same > 0) missed.push(`+20% called the same ${same} times: ${where}`)
    }
  }
}
console.log(`${seeds} comparisons each, 100 samples a run\n`)
console.log(markdownTable(['runs a side', 'noise', 'change', 'slower', 'faster', 'same', 'inconclusive'], rows))

/** CPU time of this process, so that a busy machine changes nothing. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const operations = Number(options.operations)
const costs = [1, 300, 10_000].map(names => {
  const before = [{ session: largeSession(operations, names, 1) }]
  const after = [{ session: largeSession(operations, names, 2) }]
  const started = cpuMs()
  for (const _ of compareSides(before, after));
  const total = cpuMs() - started
  let longest = 0
  // On its own: asking for the time at each of many thousand steps takes time too.
  const steps = compareSides(before, after)
  for (let done: boolean | undefined = false; !done; ) {
    const from = cpuMs()
    done = steps.next().done
    longest = Math.max(longest, cpuMs() - from)
  }
  if (total > MAX_TOTAL) missed.push(`${names} names took ${total.toFixed(0)} ms`)
  if (longest > MAX_TASK) missed.push(`${names} names: a task of ${longest.toFixed(0)} ms`)
  return [names.toLocaleString('en'), total.toFixed(0), longest.toFixed(1)]
})
const size = operations.toLocaleString('en')
console.log(`\n${size} against ${size} operations\n`)
console.log(markdownTable(['names', 'CPU ms', 'longest task, CPU ms'], costs))
for (const what of missed) console.log(`MISSED ${what}`)
if (missed.length > 0) process.exitCode = 1
