// Node. `npm run bench:panel -- [--quick] [--extension DIR]`. Exits with 1 when a promise is not kept.
// `npm run bench:panel -- --picture FILE` only photographs the summary of a million operations.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { extensionDir } from '../scripts/project-root.ts'
import { openBrowser } from './harness/browser.ts'
import { bundleAll } from './harness/bundle.ts'
import { servePages } from './harness/page-server.ts'
import { verdictTable } from './harness/verdict.ts'
import { settled, showTab } from './panel/gestures.ts'
import { measure, PEERS, type Plan } from './panel/measure.ts'
import { costTable, memoryTable, timeTable } from './panel/report.ts'
import { openPanelStage } from './panel/stage.ts'
import { verdicts } from './panel/targets.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    extension: { type: 'string', default: extensionDir },
    picture: { type: 'string' },
  },
})
const plan: Plan = {
  sizes: [10_000, 100_000, 1_000_000],
  peerSizes: [10_000, 100_000],
  rounds: options.quick ? 1 : 3,
}
if (options.picture !== undefined) await photograph(options.picture)
else await bench()

async function photograph(path: string): Promise<void> {
  const server = await servePages(new Map([['empty', '']]))
  const stage = await openPanelStage(1_000_000, server.pageUrl('empty'), { extensionDir: options.extension })
  try {
    await showTab(stage, 'Summary')
    await settled(stage)
    await stage.frontend.screenshot({ path })
  } finally {
    await stage.close()
    await server.stop()
  }
}

async function bench(): Promise<void> {
  const folder = fileURLToPath(new URL('./variants/panel', import.meta.url))
  const server = await servePages(new Map([...(await bundleAll(folder, PEERS)), ['empty', '']]))
  const peerBrowser = await openBrowser()
  try {
    const places = {
      pageUrl: server.pageUrl('empty'),
      peerUrl: server.pageUrl,
      peerBrowser,
      extension: options.extension,
    }
    const formatters = await measure(plan, places, console.error)
    console.log(`Chromium ${peerBrowser.version()}, ${plan.rounds} rounds: median [min–max].`)
    console.log(`\n### CPU of the main thread, scripting and rendering\n\n${costTable(formatters, plan)}`)
    console.log(
      `\n### Time by the wall; of the longest task the processor’s time (and the wall’s)\n\n${timeTable(formatters, plan)}`,
    )
    console.log(`\n### Memory\n\n${memoryTable(formatters, plan)}`)
    const kept = verdicts(formatters)
    console.log(`\n### What is promised\n\n${verdictTable(kept)}`)
    if (options.quick) console.log('\n--quick: so few rounds are for a first look; a verdict needs the full run.')
    else if (kept.some(({ met }) => !met)) process.exitCode = 1
  } finally {
    await peerBrowser.close()
    await server.stop()
  }
}
