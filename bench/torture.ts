// Node. `npm run torture -- [--operations N] [--kills N] [--reopenings N] [--navigations N] [--returns N]
// [--extension DIR]`: is what was recorded there, once, whatever goes away meanwhile? Two runs: one in which no page is
// left, where nothing may be missing, and one in which pages are. Exits with 1 when it does not hold. Some five minutes.
import { parseArgs } from 'node:util'
import { extensionDir } from '../scripts/project-root.ts'
import { faultsOf, tortureReport } from './torture/report.ts'
import { torture } from './torture/torture.ts'

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '200000' },
    kills: { type: 'string', default: '50' },
    reopenings: { type: 'string', default: '10' },
    navigations: { type: 'string', default: '5' },
    returns: { type: 'string', default: '3' },
    extension: { type: 'string', default: extensionDir },
  },
})
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
  const { happened, tally } = await torture(options.extension, plan)
  console.log(tortureReport(title, happened, tally))
  const faults = faultsOf(plan, tally)
  for (const fault of faults) console.log(`  WRONG: ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}
