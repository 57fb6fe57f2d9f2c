// Test (real Chromium, real DevTools): what the leak test claims of pages that keep memory, and of those that only look like it.
import { dialogOf, openLeakTest, runLeakTest } from '../browser/leak-page.ts'
import { expect, test } from '../browser/shared-tab-test.ts'

test.setTimeout(240_000)

for (const [name, calls, least, most] of [
  ['keep100', 10, 95, 105],
  ['keep10', 40, 9, 11],
] as const) {
  test(`names an operation that keeps ${least} to ${most} kB a call`, async ({ inspected, demo }) => {
    await openLeakTest(inspected, `${demo.url}/empty`)
    await runLeakTest(inspected, () => ({ [name]: calls }))
    const dialog = dialogOf(inspected.panel)
    const found = dialog.getByText(`${name} keeps`)
    await expect(found).toContainText('(likely)')
    const [, kept] = /keeps ([\d.]+) kB/.exec((await found.textContent()) ?? '') ?? []
    expect(Number(kept)).toBeGreaterThan(least)
    expect(Number(kept)).toBeLessThan(most)
  })
}

for (const name of ['churn', 'hold', 'cache', 'parse', 'idle']) {
  test(`claims nothing of ${name}`, async ({ inspected, demo }) => {
    await openLeakTest(inspected, `${demo.url}/empty`)
    await runLeakTest(inspected, () => ({ [name]: 10 }))
    await expect(dialogOf(inspected.panel)).toContainText('Nothing that stays')
  })
}

test('names the one of five operations that keeps memory', async ({ inspected, demo }) => {
  await openLeakTest(inspected, `${demo.url}/empty`)
  // In different numbers from round to round, or nobody could tell them apart.
  const numbers = [3, 9, 5, 8, 2, 6, 11, 4, 7]
  const calls = (round: number, i: number): number => numbers[(round * (i + 1) + i) % numbers.length] ?? 1
  const names = ['keep100', 'churn', 'cache', 'parse', 'idle']
  await runLeakTest(inspected, round => Object.fromEntries(names.map((name, i) => [name, calls(round, i)])), 14)
  // The bounds are wide, as the cache is still filling in the first rounds that count.
  const found = dialogOf(inspected.panel).getByText(/keeps? .* a call/)
  await expect(found).toHaveText([/^keep100 keeps /])
  const [, low, high] = /\(([\d.]+) to ([\d.]+)\)/.exec((await found.textContent()) ?? '') ?? []
  expect(Number(low)).toBeLessThan(100)
  expect(Number(high)).toBeGreaterThan(100)
})
