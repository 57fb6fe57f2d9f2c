// Test (real Chromium, real DevTools): the heap settled, and a leak test led through the tab.
import { dialogOf, openLeakTest, runLeakTest } from './leak-page.ts'
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

// Further kinds of pages: tests/quiet/leak-test.spec.ts.
test('leads through a leak test by the keyboard, and names what keeps 10 kB a call', { tag: '@waits' }, async ({
  inspected,
  demo,
}) => {
  const { panel, frontend } = inspected
  await openLeakTest(inspected, `${demo.url}/empty`)
  // What the browser itself keeps or frees moves a round by some 10 kB, which the calls of the round share.
  await runLeakTest(inspected, () => ({ keep10: 40 }))
  const found = dialogOf(panel).getByText('keep10 keeps')
  await expect(found).toContainText('(likely)')
  const [, kept] = /keeps ([\d.]+) kB/.exec((await found.textContent()) ?? '') ?? []
  expect(Number(kept)).toBeGreaterThan(9)
  expect(Number(kept)).toBeLessThan(11)

  // Another test of what churns claims nothing, and one that is ended keeps what was read.
  await runLeakTest(inspected, () => ({ churn: 5 }))
  await expect(dialogOf(panel)).toContainText('Nothing that stays')
  await dialogOf(panel)
    .getByRole('button', { name: /^Start/ })
    .press('Enter')
  await expect(dialogOf(panel)).toContainText('Round 1 of 7')
  await panel.getByRole('button', { name: 'End test' }).press('Enter')
  await frontend.keyboard.press('Escape')
  await expect(dialogOf(panel)).toBeHidden()
  const { snapshots } = await exportWhen(inspected, session => session.snapshots.length === 2 * 8 + 1)
  expect(snapshots.slice(0, 8).map(({ round }) => round)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(snapshots.at(-1)?.round).toBe(0)
})
