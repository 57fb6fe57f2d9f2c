// Node. `npm run bench:transport -- [--rounds N] [--json FILE]`: what an operation's delivery costs the page, from the
// page's script over the relay to a worker that has stored it. About two minutes on two idle cores.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openChromium } from '../scripts/chromium-session.ts'
import { bundle } from './harness/bundle.ts'
import { costsOf } from './harness/page-costs.ts'
import { servePages } from './harness/page-server.ts'
import { interleave } from './harness/rounds.ts'
import { verdictTable } from './harness/verdict.ts'
import { makeBenchExtensions } from './transport/bench-extension.ts'
import { transportFigures, transportTable, transportVerdicts } from './transport/report.ts'
import { type TransportPage, WIRES, type Wire } from './transport/wires.ts'

const SIZES = [50, 500, 1_000]
/** Operations in a sample: messages of their own cost some hundred times as much. */
const OPERATIONS: Record<Wire, number> = { columns: 100_000, objects: 100_000, messages: 2_000 }

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, json: { type: 'string' } },
})
const extensions = await makeBenchExtensions()
const script = await bundle(fileURLToPath(new URL('./transport/page.ts', import.meta.url)))
const server = await servePages(new Map([['transport', script]]))
const chromium = await openChromium({ extensionDir: extensions.dirs, headless: true, devtools: false })
try {
  const sample = async ({ wire, size }: { wire: Wire; size: number }): Promise<number> => {
    const page = await chromium.context.newPage()
    await page.goto(server.pageUrl('transport'))
    const prepare = (operations: number): Promise<void> =>
      page.evaluate(args => (globalThis as unknown as TransportPage).prepare(...args), [
        wire,
        size,
        Math.ceil(operations / size),
      ] as const)
    const send = (): Promise<void> => page.evaluate(() => (globalThis as unknown as TransportPage).send())
    await prepare(OPERATIONS[wire] / 4)
    await send()
    await prepare(OPERATIONS[wire])
    const costs = await costsOf(page)
    const before = await costs.cpuSeconds()
    await send()
    const nanoseconds = ((await costs.cpuSeconds()) - before) * 1e9
    await page.close()
    return nanoseconds / (Math.ceil(OPERATIONS[wire] / size) * size)
  }
  const variants = SIZES.flatMap(size => WIRES.map(wire => ({ wire, size })))
  const samples = await interleave(variants, () => Number(options.rounds), sample)
  const figures = transportFigures(samples)
  const verdicts = transportVerdicts(figures)
  console.log(`CPU of the page’s main thread, ns a delivered operation: median [min–max] of ${options.rounds} rounds`)
  console.log(`(Chromium ${chromium.context.browser()?.version() ?? 'of unknown version'})\n`)
  console.log(`${transportTable(figures)}\n\n${verdictTable(verdicts)}`)
  if (verdicts.some(({ met }) => !met)) process.exitCode = 1
  if (options.json !== undefined) await writeFile(options.json, JSON.stringify({ figures, verdicts }, null, 2))
} finally {
  await chromium.close()
  await server.stop()
  await extensions.remove()
}
