// Node. `npm run bench:flood -- [--rounds N] [--extension DIR]`: a page tracks in a tight loop for ten seconds. What
// recording takes of its main thread is what an operation costs more than with the monitor alone, DevTools being open
// in both; and what the page holds afterwards. `tests/browser/flood.spec.ts` has what is lost, counted.

import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { extensionDir } from '../scripts/project-root.ts'
import type { FloodPage } from './flood/page.ts'
import { bundle } from './harness/bundle.ts'
import { openDevtoolsBrowser } from './harness/devtools-browser.ts'
import { markdownTable } from './harness/markdown-table.ts'
import { costsOf } from './harness/page-costs.ts'
import { servePages } from './harness/page-server.ts'
import { openRecordingBrowser } from './harness/recording-browser.ts'
import { interleave } from './harness/rounds.ts'
import { spreadOf } from './harness/spread.ts'

const DURATION = 10_000
const MAX_SHARE = 0.3
/** Bytes: the monitor's ring and its figures, many times over. */
const MAX_HELD = 30_000_000

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, extension: { type: 'string', default: extensionDir } },
})
const script = await bundle(fileURLToPath(new URL('./flood/page.ts', import.meta.url)))
const server = await servePages(new Map([['flood', script]]))
const devtools = await openDevtoolsBrowser()
const recording = await openRecordingBrowser(options.extension)
let opened = 0

const flood = async (page: Page): Promise<{ nanoseconds: number; held: number }> => {
  const costs = await costsOf(page)
  const [heldBefore, before] = [await costs.retainedBytes(), await costs.cpuSeconds()]
  const made = await page.evaluate(duration => (globalThis as unknown as FloodPage).flood(duration), DURATION)
  const nanoseconds = (((await costs.cpuSeconds()) - before) * 1e9) / made
  const held = (await costs.retainedBytes()) - heldBefore
  await page.close()
  return { nanoseconds, held }
}
const places = {
  'monitor alone': () => devtools.open(server.pageUrl('flood')),
  recorded: async () => (await recording.open(`${server.pageUrl('flood')}?${++opened}`)).page,
}
try {
  const names = Object.keys(places) as (keyof typeof places)[]
  const samples = await interleave(
    names,
    () => Number(options.rounds),
    async name => flood(await places[name]()),
  )
  const median = (name: keyof typeof places, what: 'nanoseconds' | 'held'): number =>
    spreadOf((samples.get(name) ?? []).map(sample => sample[what]))?.median ?? Number.NaN
  const share = 1 - median('monitor alone', 'nanoseconds') / median('recorded', 'nanoseconds')
  const held = Math.max(...(samples.get('recorded') ?? []).map(sample => sample.held))
  console.log(`Chromium ${recording.version}, ${DURATION / 1_000} s each, medians of ${options.rounds} rounds\n`)
  console.log(
    markdownTable(
      ['a flood', 'CPU ns/op', 'kB held after'],
      names.map(name => [
        name,
        median(name, 'nanoseconds').toFixed(0),
        (median(name, 'held') / 1_000).toLocaleString('en', { maximumFractionDigits: 0 }),
      ]),
    ),
  )
  console.log(`\nrecording's share of the main thread: ${(share * 100).toFixed(1)} % (at most 30 %)`)
  if (!(share <= MAX_SHARE && held <= MAX_HELD)) process.exitCode = 1
} finally {
  await recording.stop()
  await devtools.stop()
  await server.stop()
}
