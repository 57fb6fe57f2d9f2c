// Test (real Chromium, real DevTools): what a call is said to allocate. tests/quiet/allocations.spec.ts measures the error.
import { openAllocationPage, runOperations } from './allocation-page.ts'
import { expect, rowsOf, test } from './shared-tab-test.ts'

test('says what a call allocates while that is measured, and nothing of one that allocates nothing', {
  tag: '@waits',
}, async ({ inspected, demo }) => {
  const { page, panel, frontend } = inspected
  await frontend.setViewportSize({ width: 1_400, height: 800 })
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  await openAllocationPage(page, `${demo.url}/empty`)
  const toggle = panel.getByRole('button', { name: 'Allocations' })
  const measured = panel.locator('.measuring')
  const cellOf = (name: string) => panel.getByRole('row', { name }).locator('.allocates')

  await test.step('claims nothing of a page that allocates nothing', async () => {
    await runOperations(page, { none: 8 })
    await toggle.focus()
    await frontend.keyboard.press('Enter')
    await expect(toggle).toHaveAttribute('aria-pressed', 'true')
    await expect(measured).toHaveText('none found', { timeout: 60_000 })
    await expect(cellOf('none')).toHaveText('—')
  })

  await test.step('finds 0.5 MB a call, in the list and in the details', async () => {
    await runOperations(page, { load: 6 })
    await expect(measured).toHaveText('1 name', { timeout: 60_000 })
    await expect(cellOf('none')).toHaveText('—')
    const [, bytes] = /^([\d.]+)\skB \(/.exec((await cellOf('load').textContent()) ?? '') ?? []
    expect(Number(bytes)).toBeGreaterThan(400)
    expect(Number(bytes)).toBeLessThan(600)
    await panel.getByRole('row', { name: 'load' }).locator('.name').click()
    await frontend.keyboard.press('Enter')
    // Only calls of `load` are listed now, so it does not matter that rows move.
    await expect(rowsOf(panel).filter({ hasText: 'none' })).toHaveCount(0)
    await rowsOf(panel).filter({ hasText: 'load' }).first().click()
    await expect(panel.getByRole('complementary', { name: 'Details' })).toContainText(
      /Allocates about \d+\skB \(\d+–\d+\) a call\./,
    )
  })

  await test.step('stops when it is switched off', async () => {
    await toggle.click()
    await expect(measured).toHaveCount(0)
  })
})
