// Node. What the extension costs a page that does nothing: the CPU of loading it with DevTools open, with the
// extension and without it.
import { costsOf } from '../harness/page-costs.ts'
import type { PageServer } from '../harness/page-server.ts'
import { interleave } from '../harness/rounds.ts'
import { type Spread, spreadOf } from '../harness/spread.ts'
import type { Places } from './places.ts'

/** Milliseconds after the load in which the first batch goes out and is stored. */
const AFTERMATH = 300
/** Loads before the measured ones. */
const WARM_UP = 3

export interface DocumentStart {
  /** CPU ms of the main thread from the navigation until nothing is left to do. */
  without: Spread
  with: Spread
  /** The difference of the medians. */
  added: number
}

export async function documentStart(places: Places, server: PageServer, loads: number): Promise<DocumentStart> {
  const opened = []
  for (const place of ['devtools', 'extension'] as const) {
    const placed = await places.open(place, server.pageUrl('empty'))
    const costs = await costsOf(placed.page)
    const load = async (): Promise<number> => {
      const before = await costs.cpuSeconds()
      await placed.page.reload()
      // A load mostly gets a fresh process, whose main thread's clock starts at 0: what starting it costs is then
      // in both figures.
      const from = (await costs.cpuSeconds()) < before ? 0 : before
      await placed.page.waitForTimeout(AFTERMATH)
      return ((await costs.cpuSeconds()) - from) * 1000
    }
    for (let i = 0; i < WARM_UP; i++) await load()
    opened.push({ ...placed, load })
  }
  const results = await interleave(
    opened,
    () => loads,
    ({ load }) => load(),
  )
  for (const { close } of opened) await close()
  const [without, withUs] = [...results.values()].map(spreadOf)
  if (!without || !withUs) throw new Error('nothing was loaded')
  return { without, with: withUs, added: withUs.median - without.median }
}
