// Node. `npm run realworld -- [--only NAME,…] [--extension DIR] [--out DIR] [--report FILE]`: is each request that real
// applications make recorded once and as it was? Beside the browser's own protocol log; some four minutes. Exits with 1
// when anything differs. `--out` keeps the exported sessions, `--report` writes the page of the documentation.
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { extensionDir } from '../scripts/project-root.ts'
import { type AppResult, tryApp } from './realworld/app-result.ts'
import { REAL_APPS } from './realworld/real-apps.ts'
import { callTable, faultLines, faultTable, isFaultless, page } from './realworld/report.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(REAL_APPS).join() },
    extension: { type: 'string', default: extensionDir },
    out: { type: 'string' },
    report: { type: 'string' },
  },
})
const wanted = options.only.split(',')
const [load = 0] = loadavg()
const results: AppResult[] = []
for (const name of wanted) {
  try {
    const result = await tryApp(name, options.extension, options.out)
    results.push(result)
    const { matched, neverSent } = result.comparison
    console.log(`\n${name}: ${matched} of ${result.calls.length} found; ${neverSent} more were never sent`)
    for (const line of faultLines(result)) console.log(`  ${line}`)
  } catch (error) {
    // The others are tried all the same.
    console.error(`\n${name} could not be used or recorded:`, error)
  }
}
console.log(`\n${callTable(results)}\n\n${faultTable(results)}\n\nload average before: ${load.toFixed(1)}`)
if (options.report !== undefined) await writeFile(options.report, page(results, wanted.length, load))
if (results.length < wanted.length || !results.every(isFaultless)) process.exitCode = 1
