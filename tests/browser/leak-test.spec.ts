// Test (real Chromium, real DevTools): the heap settled, and a leak test led through the tab.
import type { Frame } from 'playwright/test'
import { violationsIn } from './axe.ts'
import { expect, exportWhen, test } from './perf-test.ts'

/** In the page: an operation that keeps, and others that do not. */
const PAGE = `{
  const monitor = PerformanceMonitor.getInstance()
  const kept = globalThis.kept = []
  const cache = new Map()
  const text = JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({ id: i, name: 'item ' + i })))
  let calls = 0
  globalThis.act = {
    keep: bytes => monitor.trackOperation('keep', async () => { kept.push(Array.from({ length: bytes / 8 }, (_, i) => i + 0.5)) }),
    churn: () => monitor.trackOperation('churn', async () => Array.from({ length: 250000 }, (_, i) => i + 0.5).length),
    cache: () => monitor.trackOperation('cache', async () => { cache.set(calls++ % 5, Array.from({ length: 12500 }, (_, i) => i + 0.5)) }),
    idle: () => monitor.trackOperation('idle', async () => 1),
    parse: () => monitor.trackOperation('parse', async () => JSON.parse(text).length),
    repeat: async (name, times, argument) => { for (let i = 0; i < times; i++) await globalThis.act[name](argument) },
  }
}`

const memory = (panel: Frame) => panel.getByRole('dialog', { name: 'Leak test' })

test('settles the heap, and keeps the reading in the session', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  for (const megabytes of [10, 150]) {
    await page.evaluate(size => {
      const values = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 0.5)
      const large = globalThis as unknown as { live: number[][]; witness: WeakRef<number[]> }
      large.live = Array.from({ length: size }, () => values(125_000))
      large.witness = new WeakRef(values(125_000))
    }, megabytes)
    await panel.getByRole('button', { name: 'Settle' }).click()
    const { snapshots } = await exportWhen(
      inspected,
      session => session.snapshots.filter(({ settled }) => settled).length === (megabytes === 10 ? 1 : 2),
    )
    expect(
      await page.evaluate(
        () => (globalThis as unknown as { witness: WeakRef<number[]> }).witness.deref() === undefined,
      ),
    ).toBe(true)
    expect(snapshots.at(-1)).toMatchObject({ label: 'Settled', settled: true })
    expect(snapshots.at(-1)?.usedBytes).toBeGreaterThan(megabytes * 1e6)
    expect(snapshots.at(-1)?.usedBytes).toBeLessThan(megabytes * 1e6 + 8e6)
    expect(await page.evaluate(() => Object.getOwnPropertySymbols(globalThis).map(String))).not.toContain(
      'Symbol(perf.settle)',
    )
  }
})

test('leads through a leak test by the keyboard, and names what keeps', async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  await frontend.setViewportSize({ width: 1_400, height: 900 })
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(PAGE)
  await panel.getByRole('button', { name: 'Leak test…' }).focus()

  const run = async (name: string, argument: number, times: number): Promise<void> => {
    await panel.getByRole('button', { name: /^Start/ }).press('Enter')
    for (let round = 1; round <= 7; round++) {
      await expect(memory(panel)).toContainText(`Round ${round} of 7`)
      await page.evaluate(`act.repeat(${JSON.stringify(name)}, ${times}, ${argument})`)
      await panel.getByRole('button', { name: 'Done' }).press('Enter')
    }
    await expect(memory(panel)).toContainText('The rounds are over')
  }
  await frontend.keyboard.press('Enter')
  await expect(memory(panel)).toContainText('Repeat one action 7 times')
  for (const bytes of [100_000, 10_000]) {
    await run('keep', bytes, 10)
    const found = memory(panel).getByText(/^keep keeps/)
    await expect(found).toContainText('(likely)')
    const [, kept] = /keeps ([\d.]+) kB/.exec((await found.textContent()) ?? '') ?? []
    expect(Number(kept)).toBeGreaterThan((bytes / 1_000) * 0.95)
    expect(Number(kept)).toBeLessThan((bytes / 1_000) * 1.1)
  }
  expect(await violationsIn(panel)).toEqual([])
  for (const width of [1_400, 900, 500]) {
    await frontend.setViewportSize({ width, height: 900 })
    await frontend.screenshot({ path: `test-results/leak-test-${width}.png` })
  }
  for (const name of ['churn', 'cache', 'parse']) {
    await run(name, 0, 10)
    await expect(memory(panel)).toContainText('Nothing that stays')
  }

  // Five at once, in different numbers: the one that keeps is named, alone.
  await panel.getByRole('button', { name: /^Start/ }).press('Enter')
  const numbers = [
    [3, 9, 5, 8, 2, 6],
    [4, 2, 9, 3, 7, 5],
    [8, 5, 2, 9, 4, 3],
    [5, 8, 4, 2, 6, 9],
    [2, 4, 7, 6, 9, 8],
  ]
  for (let round = 1; round <= 14; round++) {
    await expect(memory(panel)).toContainText(`Round ${round} of ${round > 7 ? 14 : 7}`)
    const calls = ['keep', 'churn', 'cache', 'parse', 'idle'].map(
      (name, i) => `await act.repeat('${name}', ${numbers[i]?.[(round * (i + 1)) % 6]}, 100000)`,
    )
    await page.evaluate(`(async () => { ${calls.join('\n')} })()`)
    await panel.getByRole('button', { name: 'Done' }).press('Enter')
    if (round === 7) await panel.getByRole('button', { name: '7 more rounds' }).press('Enter')
  }
  await expect(memory(panel)).toContainText('The rounds are over')
  await expect(memory(panel).getByText(/keeps? .* a call/)).toHaveText([/^keep keeps (?:9[5-9]|10\d)/])

  // Ended at any time, and what was read stays.
  await panel.getByRole('button', { name: /^Start/ }).press('Enter')
  await expect(memory(panel)).toContainText('Round 1 of 7')
  await panel.getByRole('button', { name: 'End test' }).press('Enter')
  await frontend.keyboard.press('Escape')
  await expect(memory(panel)).toBeHidden()
  const { snapshots } = await exportWhen(inspected, session => session.snapshots.length === 5 * 8 + 15 + 1)
  expect(snapshots.slice(0, 8).map(({ round }) => round)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(snapshots.at(-1)?.round).toBe(0)
})
