import { expect, test } from 'perf-devtools/playwright'

test('refreshes the cart', async ({ page, perf }) => {
  await page.goto('/')
  for (let times = 1; times <= 12; times++) {
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.locator('#refreshed')).toHaveText(`${times}`)
  }
  await expect(perf).toStayWithin({ 'GET /api/cart': { count: 12, failures: 0 } })
})

test('shows the items', async ({ page, perf }) => {
  await page.goto('/')
  await perf.measure('show the items', async () => {
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(page.getByRole('listitem')).toHaveCount(16)
  })
  await expect(perf).toHaveNoInsight('n-plus-one')
})
