// Node. `npm run bench:monitor -- [--quick] [--json FILE] [--group library,recorder,extension] [--only ring,ours]
// [--extension DIR]`
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { benchOptions } from './harness/bench-options.ts'
import { bundleAll } from './harness/bundle.ts'
import { servePages } from './harness/page-server.ts'
import { figuresOf } from './monitor/figures.ts'
import { measure } from './monitor/measure.ts'
import { GROUPS } from './monitor/plan.ts'
import { costTable, verdictTable } from './monitor/report.ts'
import { openStage } from './monitor/stage.ts'
import { verdicts } from './monitor/targets.ts'

const options = benchOptions()
const groups = GROUPS.map(group => ({
  ...group,
  plans: options.quick ? group.quick : group.full,
  variants: group.variants.filter(({ name }) => options.wantsVariant(name)),
})).filter(({ id, plans }) => options.wantsGroup(id) && plans.length > 0)

const names = new Set(groups.flatMap(({ variants }) => variants.map(({ name }) => name)))
const folder = fileURLToPath(new URL('./variants/monitor', import.meta.url))
const server = await servePages(await bundleAll(folder, names))
const results: { group: string; browser: string; figures: ReturnType<typeof figuresOf> }[] = []
const kept = []
try {
  console.log('CPU ns per operation of the page’s main thread over a bare await: median [min–max] of the rounds.')
  for (const group of groups) {
    const stage = await openStage(group, options.extension)
    try {
      const figures = figuresOf(await measure(group, group.plans, stage, server, console.error))
      const counts = group.plans.map(({ count }) => count)
      console.log(`\n### ${group.title} (Chromium ${stage.browserVersion})\n`)
      console.log(costTable(figures, group.variants, counts))
      results.push({ group: group.id, browser: stage.browserVersion, figures })
      kept.push(...verdicts(group.id, figures, counts))
    } finally {
      await stage.stop()
    }
  }
  console.log(`\n### What is promised\n\n${verdictTable(kept)}`)
  if (options.quick) console.log('\n--quick: so few rounds are for a first look; a verdict needs the full run.')
  if (options.json !== undefined) {
    const report = { date: new Date().toISOString(), quick: options.quick, results, verdicts: kept }
    await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
  }
} finally {
  await server.stop()
}
