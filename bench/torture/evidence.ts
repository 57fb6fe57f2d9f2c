// Node. Where the operations of a page are that the exported session lacks, for whoever looks for the cause.
import type { DevTools } from '../../scripts/devtools-front-end.ts'
import type { Made } from './maker.ts'

/** What the extension says of the frames of a page, and of what is stored. */
interface Stored {
  /** How many operations of each document are in the log, whether the panel has read them or not. */
  inLog: Record<string, number>
  /** Items of `storage.local` that pages have left, by key: their characters. */
  unload: Record<string, number>
  /** By frame: whether a relay is at work, and whether there is a page script. */
  frames: string[]
}

/** One line for each document of which something is missing, and what they have in common. */
export async function evidenceOf(
  missing: Readonly<Record<string, string>>,
  open: readonly Made[],
  left: ReadonlyMap<string, Made>,
  { panel }: DevTools,
): Promise<string[]> {
  const { inLog, unload, frames } = await panel.evaluate(readStored, Object.keys(missing))
  const stateOf = (id: string): string => {
    const shown = open.find(made => made.id === id)
    if (shown) return `open, ${shown.recorded ? '' : 'not '}recorded`
    return left.get(id)?.cached ? 'left for the back/forward cache' : 'left'
  }
  return [
    ...Object.entries(missing).map(([id, what]) => `${id}: ${what}; ${inLog[id]} in the log; ${stateOf(id)}`),
    `frames: ${frames.join('; ')}`,
    `left in storage: ${JSON.stringify(unload)}`,
  ]
}

/** Runs in the panel, so it uses nothing from outside, and names no inner function: tsx would wrap that in a helper. */
async function readStored(ids: string[]): Promise<Stored> {
  const { devtools, scripting, storage } = (globalThis as unknown as { chrome: typeof import('webextension-polyfill') })
    .chrome
  const found: Stored = { inLog: {}, unload: {}, frames: [] }
  for (const id of ids) found.inLog[id] = 0
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('perf')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const names = new Set<string>()
  let after: IDBValidKey | undefined
  for (;;) {
    const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true)
    const records = await new Promise<{ session: string; n: number; entry: Record<string, never> }[]>(
      (resolve, reject) => {
        const reading = db.transaction('log').objectStore('log').getAll(range, 50)
        reading.onsuccess = () => resolve(reading.result)
        reading.onerror = () => reject(reading.error)
      },
    )
    const last = records.at(-1)
    if (!last) break
    after = [last.session, last.n]
    for (const { entry } of records) {
      const { type, batch } = entry as unknown as { type: string; batch: import('../../wire/batch.ts').Batch }
      if (type !== 'batch') continue
      for (const { columns } of batch.operations) {
        for (const index of columns.name) names.add(columns.strings[index] ?? '')
      }
    }
  }
  db.close()
  for (const name of names) {
    const id = name.split('/').at(-1)?.split('.')[0] ?? ''
    if (id in found.inLog) found.inLog[id] = (found.inLog[id] ?? 0) + 1
  }
  for (const [key, value] of Object.entries(await storage.local.get(null))) {
    if (key.startsWith('unload:')) found.unload[key] = JSON.stringify(value).length
  }
  const target = { tabId: devtools.inspectedWindow.tabId, allFrames: true }
  const relays = await scripting.executeScript({
    target,
    func: () => (globalThis as { perfRelayActive?: boolean }).perfRelayActive === true,
  })
  const scripts = await scripting.executeScript({
    target,
    world: 'MAIN',
    func: () => 'PerformanceMonitor' in globalThis,
  })
  for (const { frameId, result } of relays) {
    const recorded = scripts.find(other => other.frameId === frameId)?.result
    found.frames.push(`${frameId}: relay ${result === true}, page script ${recorded === true}`)
  }
  return found
}
