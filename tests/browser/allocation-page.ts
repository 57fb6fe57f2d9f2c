// Test: a page whose operations allocate known amounts, at paces of their own that rise and fall, as those of users do.
import type { Page } from 'playwright/test'

/** What a call of each allocates, in bytes: copies of arrays have exactly the size of their numbers, eight bytes each. */
export const ALLOCATED = { load: 500_000, list: 200_000, late: 250_000, chain: 500_000, helper: 0, none: 0 } as const

export type Operation = keyof typeof ALLOCATED

const OPERATIONS = `{
  const monitor = PerformanceMonitor.getInstance()
  const sourceOf = bytes => Array.from({ length: bytes / 8 }, (_, i) => i + 0.5)
  const sources = { load: sourceOf(500_000), list: sourceOf(200_000), late: sourceOf(250_000) }
  const after = ms => new Promise(done => setTimeout(done, ms))
  const operations = {
    load: async () => sources.load.slice().length,
    list: async () => sources.list.slice().length,
    // Allocates when it is called, and calls \`helper\`, which also runs by itself.
    chain: async () => {
      const { length } = sources.load.slice()
      void monitor.trackOperation('helper', async () => length)
      await after(300)
    },
    helper: async () => 1,
    late: async () => { await after(150); return sources.late.slice().length },
    none: async () => 1,
  }
  let seed = 1
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  globalThis.run = (name, perSecond) => {
    let pace = perSecond
    let paceEnd = 0
    const step = () => {
      if (performance.now() > paceEnd) {
        paceEnd = performance.now() + 500 + random() * 2_000
        pace = perSecond * (random() < 0.3 ? 0.1 : 0.3 + random() * 1.7)
      }
      void monitor.trackOperation(name, operations[name])
      setTimeout(step, Math.min(1_000, (-Math.log(1 - random()) * 1_000) / pace))
    }
    setTimeout(step, random() * 300)
  }
}`

/** Begins to call these operations, each about so many times a second, until the page is left. */
export async function runOperations(page: Page, perSecond: Partial<Record<Operation, number>>): Promise<void> {
  for (const [name, pace] of Object.entries(perSecond)) await page.evaluate(`run(${JSON.stringify(name)}, ${pace})`)
}

export async function openAllocationPage(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.evaluate(OPERATIONS)
}
