// Test: a page with operations that keep memory and others that do not, and a leak test led through the tab by the keyboard.
import { expect, type InspectedPage } from './perf-test.ts'

/** Numbers that are no small integers: each takes eight bytes, in the heap. */
const OPERATIONS = `{
  const monitor = PerformanceMonitor.getInstance()
  const values = bytes => Array.from({ length: bytes / 8 }, (_, i) => i + 0.5)
  const kept = globalThis.kept = []
  const cache = new Map()
  const text = JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({ id: i, name: 'item ' + i })))
  let calls = 0
  const operations = {
    keep100: () => void kept.push(values(100_000)),
    keep10: () => void kept.push(values(10_000)),
    churn: () => values(2_000_000).length,
    hold: () => { const held = values(300_000); setTimeout(() => held.length, 3_000) },
    cache: () => void cache.set(calls++ % 10, values(100_000)),
    parse: () => JSON.parse(text).length,
    idle: () => 1,
  }
  globalThis.repeat = async (name, times) => {
    for (let i = 0; i < times; i++) await monitor.trackOperation(name, async () => operations[name]())
  }
}`

/** Operations, and how often each runs in a round. */
export type Calls = Record<string, number>

export async function openLeakTest({ page, panel, frontend }: InspectedPage, url: string): Promise<void> {
  await page.goto(url)
  await page.evaluate(OPERATIONS)
  await panel.getByRole('button', { name: 'Leak test…' }).focus()
  await frontend.keyboard.press('Enter')
  await expect(dialogOf(panel)).toContainText('Repeat one action 7 times')
}

export const dialogOf = (panel: InspectedPage['panel']) => panel.getByRole('dialog', { name: 'Leak test' })

/** Runs a whole test. @param callsOf what is done in a round, from 1. */
export async function runLeakTest(
  { page, panel }: InspectedPage,
  callsOf: (round: number) => Calls,
  rounds: 7 | 14 = 7,
): Promise<void> {
  const dialog = dialogOf(panel)
  await dialog.getByRole('button', { name: /^Start/ }).press('Enter')
  for (let round = 1; round <= rounds; round++) {
    if (round === 8) await dialog.getByRole('button', { name: '7 more rounds' }).press('Enter')
    await expect(dialog).toContainText(`Round ${round} of ${round > 7 ? 14 : 7}`, { timeout: 30_000 })
    for (const [name, times] of Object.entries(callsOf(round))) {
      await page.evaluate(`repeat(${JSON.stringify(name)}, ${times})`)
    }
    await dialog.getByRole('button', { name: 'Done' }).press('Enter')
  }
  await expect(dialog).toContainText('The rounds are over', { timeout: 30_000 })
}
