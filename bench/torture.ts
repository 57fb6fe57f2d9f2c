// Node. Two questions, each in a run that makes it hard to answer. Exits with 1 if something is wrong.
//
// `npm run torture -- [--operations N] [--kills N] [--reopenings N] [--navigations N] [--returns N] [--extension DIR]`:
// is what was recorded stored once, whatever goes away meanwhile? Two runs: in one no page is left, and nothing may be
// missing; in the other one pages are left. Some five minutes.
//
// `npm run torture -- --join [--runs N] [--requests N] [--slowdown N] [--extension DIR]`: is each request of a slow page one
// operation, with what DevTools saw of it? Some half a minute for each run.
import { parseArgs } from 'node:util'
import { extensionDir } from '../scripts/project-root.ts'
import { joinTable } from './torture/join/report.ts'
import { isFaultless, type JoinTally } from './torture/join/tally.ts'
import { tortureJoin } from './torture/join/torture-join.ts'
import { faultsOf, tortureReport } from './torture/report.ts'
import { torture } from './torture/torture.ts'

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '200000' },
    kills: { type: 'string', default: '50' },
    reopenings: { type: 'string', default: '10' },
    navigations: { type: 'string', default: '5' },
    returns: { type: 'string', default: '3' },
    join: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1' },
    requests: { type: 'string', default: '3000' },
    slowdown: { type: 'string', default: '6' },
    extension: { type: 'string', default: extensionDir },
  },
})
if (options.join) await join()
else await survive()

async function join(): Promise<void> {
  const plan = { requests: Number(options.requests), slowdown: Number(options.slowdown) }
  const tallies: JoinTally[] = []
  for (let run = 1; run <= Number(options.runs); run++) {
    const tally = await tortureJoin(options.extension, plan)
    tallies.push(tally)
    console.error(`run ${run} of ${options.runs}: ${isFaultless(tally) ? 'nothing wrong' : JSON.stringify(tally)}`)
  }
  console.log(joinTable(tallies))
  if (!tallies.every(isFaultless)) process.exitCode = 1
}

async function survive(): Promise<void> {
  const [operations, kills, reopenings, navigations, returns] = [
    options.operations,
    options.kills,
    options.reopenings,
    options.navigations,
    options.returns,
  ].map(Number) as [number, number, number, number, number]
  const runs = {
    'no page is left': { operations, kills, reopenings, navigations: 0, returns: 0 },
    'pages are left and come back': { operations, kills, reopenings, navigations, returns },
  }
  for (const [title, plan] of Object.entries(runs)) {
    const { happened, tally, evidence } = await torture(options.extension, plan)
    console.log(tortureReport(title, happened, tally))
    const faults = faultsOf(plan, tally)
    for (const fault of faults) console.log(`  WRONG: ${fault}`)
    for (const line of evidence) console.log(`    ${line}`)
    if (faults.length > 0) process.exitCode = 1
  }
}
