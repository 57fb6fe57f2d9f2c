// Node. `npm run bench:monitor [-- --quick] [--json FILE] [--only ring,ours]`
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { openBrowser } from './harness/browser.ts'
import { figuresOf } from './monitor/figures.ts'
import { measure, serveVariants } from './monitor/measure.ts'
import { FULL, QUICK, VARIANTS } from './monitor/plan.ts'
import { costTable, verdictTable } from './monitor/report.ts'
import { verdicts } from './monitor/targets.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
})
const only = options.only?.split(',')
const variants = VARIANTS.filter(({ name }) => name === 'bare' || (only?.includes(name) ?? true))
const plans = options.quick ? QUICK : FULL
const counts = plans.map(({ count }) => count)

const server = await serveVariants(variants)
const browser = await openBrowser()
try {
  const measured = await measure(browser, server, variants, plans, (message) => console.error(message))
  const figures = figuresOf(measured)
  console.log(`CPU of the page's main thread over a bare await, median [min–max], Chromium ${browser.version()}\n`)
  console.log(`${costTable(figures, variants, counts)}\n`)
  console.log(verdictTable(verdicts(figures, counts.filter((count) => count >= 100_000))))
  if (options.json !== undefined) {
    const facts = { browser: browser.version(), date: new Date().toISOString(), quick: options.quick }
    await writeFile(options.json, `${JSON.stringify({ ...facts, figures }, null, 2)}\n`)
  }
} finally {
  await browser.close()
  await server.stop()
}
