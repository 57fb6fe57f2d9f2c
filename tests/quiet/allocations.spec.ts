// Test (real Chromium, real DevTools): how exact the figures of allocations are. It prints the table of docs/memory.md.
import { ALLOCATED, type Operation, openAllocationPage, runOperations } from '../browser/allocation-page.ts'
import { expect, test } from '../browser/shared-tab-test.ts'

test.setTimeout(240_000)

for (const perSecond of [
  { none: 8 },
  { load: 4, none: 5 },
  { list: 4, none: 5 },
  { late: 3, none: 5 },
  { chain: 2, helper: 2, none: 4 },
  { load: 3, list: 4, late: 2, none: 5 },
] satisfies Partial<Record<Operation, number>>[]) {
  const names = Object.keys(perSecond) as Operation[]
  test(`says what each of ${names.join(', ')} allocates`, async ({ inspected, demo }) => {
    const { page, panel, frontend } = inspected
    await frontend.setViewportSize({ width: 1_400, height: 800 })
    await panel.getByRole('checkbox', { name: 'Group by name' }).check()
    await openAllocationPage(page, `${demo.url}/empty`)
    await panel.getByRole('button', { name: 'Allocations' }).click()
    const allocating = names.filter(name => ALLOCATED[name] > 0)
    await runOperations(page, perSecond)
    const count = allocating.length
    const text = count === 0 ? 'none found' : `${count} name${count === 1 ? '' : 's'}`
    await expect(panel.locator('.measuring')).toHaveText(text, { timeout: 200_000 })
    for (const name of names) {
      const said = await panel
        .getByRole('row', { name: `${name} ` })
        .locator('.allocates')
        .textContent()
      console.log(`| ${names.join(', ')} | ${name} | ${ALLOCATED[name] / 1_000} kB | ${said} |`)
      if (ALLOCATED[name] === 0) expect(said).toBe('—')
      else {
        const [, bytes] = /^([\d.]+)\skB \(/.exec(said ?? '') ?? []
        expect(Number(bytes) / (ALLOCATED[name] / 1_000)).toBeGreaterThan(0.8)
        expect(Number(bytes) / (ALLOCATED[name] / 1_000)).toBeLessThan(1.2)
      }
    }
  })
}
