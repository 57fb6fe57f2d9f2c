// Test (real Chromium, real DevTools): the heap settled, and a leak test led through the tab.
import { expect, exportWhen, test } from './perf-test.ts'

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
