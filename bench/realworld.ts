// Node. `npm run realworld -- [--only NAME,…] [--extension DIR] [--out DIR] [--report FILE]`: is each request that real
// applications make recorded once and as it was? Beside the browser's own protocol log; some four minutes. Exits with 1
// when anything differs. `--out` keeps the exported sessions, `--report` writes the page of the documentation.
import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { extensionDir } from '../scripts/project-root.ts'
import { REAL_APPS } from './realworld/real-apps.ts'
import { firstDifference, recordApp } from './realworld/record-app.ts'
import { type AppResult, callTable, faultLines, faultTable, isFaultless, page } from './realworld/report.ts'
import { schemaErrors } from './realworld/schema-errors.ts'
import { startApp } from './realworld/start-app.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    extension: { type: 'string', default: extensionDir },
    out: { type: 'string' },
    report: { type: 'string' },
  },
})
const wanted = options.only?.split(',') ?? Object.keys(REAL_APPS)
const [load = 0] = loadavg()
const results: AppResult[] = []
let browser = ''
for (const name of wanted) {
  const use = REAL_APPS[name]
  if (!use) throw new Error(`There is no application ${name}: there are ${Object.keys(REAL_APPS).join(', ')}.`)
  const app = await startApp(name)
  try {
    const recorded = await recordApp(options.extension, app.url, use)
    const { calls, comparison, text, again } = recorded
    browser = recorded.browser
    if (options.out !== undefined) {
      await mkdir(options.out, { recursive: true })
      await writeFile(join(options.out, `${name}.json`), text)
    }
    const result = {
      name,
      packages: app.packages,
      calls,
      comparison,
      schemaErrors: schemaErrors(JSON.parse(text)),
      difference: firstDifference(text, again),
    }
    results.push(result)
    console.log(
      `\n${name}: ${comparison.matched} of ${calls.length} found, ${comparison.neverSent} more were never sent`,
    )
    for (const line of faultLines(result)) console.log(`  ${line}`)
  } catch (error) {
    // The others are tried all the same.
    console.error(`\n${name} could not be used or recorded:`, error)
    process.exitCode = 1
  } finally {
    await app.stop()
  }
}
console.log(`\n${callTable(results)}\n\n${faultTable(results)}\n\nload average before: ${load.toFixed(1)}`)
if (options.report !== undefined) await writeFile(options.report, page(results, browser, load))
if (!results.every(isFaultless)) process.exitCode = 1
