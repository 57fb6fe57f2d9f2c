// Test (real Chromium, real DevTools): the settings dialog, and slow operations in the page's console.
import { expect, test } from './shared-tab-test.ts'

test('applies settings immediately, and keeps them for the next panel', async ({ inspected, chromium, demo }) => {
  const { panel, frontend, page } = inspected
  await frontend.setViewportSize({ width: 1_200, height: 800 })
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => Promise.all([1, 2, 3].map(id => fetch(`/api/users/${id}`))))
  await panel.getByRole('checkbox', { name: /^Group/ }).check()
  const groups = panel.getByRole('gridcell', { name: /users/ })
  await expect(groups).toHaveText(/^GET \/users?|:id/)

  await panel.getByRole('button', { name: 'Settings' }).click()
  const dialog = panel.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('checkbox', { name: /Group requests by route/ }).uncheck()
  await expect(groups).toHaveCount(3)
  await dialog.getByRole('spinbutton', { name: /Keep for/ }).fill('30')
  await dialog.getByRole('spinbutton', { name: /Storage limit/ }).fill('9')
  await dialog.getByRole('textbox', { name: /parameters/ }).fill('ticket, customer_key')
  await frontend.keyboard.press('Tab')
  await dialog.getByRole('combobox', { name: 'Duration scale' }).selectOption('linear')
  await frontend.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(panel.getByRole('button', { name: 'Settings' })).toBeFocused()

  const second = await chromium.context.newPage()
  const other = await chromium.devtoolsFor(second)
  await other.panel.getByRole('button', { name: 'Settings' }).click()
  const again = other.panel.getByRole('dialog', { name: 'Settings' })
  await expect(again.getByRole('checkbox', { name: /Group requests by route/ })).not.toBeChecked()
  await expect(again.getByRole('spinbutton', { name: /Keep for/ })).toHaveValue('30')
  // 9 MB is below the minimum, so the setting did not change.
  await expect(again.getByRole('spinbutton', { name: /Storage limit/ })).toHaveValue('500')
  await expect(again.getByRole('textbox', { name: /parameters/ })).toHaveValue('ticket, customer_key')
  await expect(again.getByRole('combobox', { name: 'Duration scale' })).toHaveValue('linear')
})

test('shows the previous setting, and why, if one cannot be saved', async ({ inspected, demo }) => {
  const { panel, page, frontend } = inspected
  await frontend.setViewportSize({ width: 1_200, height: 800 })
  await page.goto(`${demo.url}/empty`)
  await panel.getByRole('button', { name: 'Settings' }).click()
  await panel.evaluate(() => {
    chrome.storage.local.set = () => Promise.reject(new Error('Resource::kQuotaBytes quota exceeded'))
  })
  const routes = panel.getByRole('checkbox', { name: /Group requests by route/ })
  await routes.click()
  await expect(panel.getByRole('alert')).toHaveText(/Couldn’t save settings: .*quota/)
  await expect(routes).toBeChecked()
  const scale = panel.getByRole('dialog').getByRole('combobox', { name: 'Duration scale' })
  await scale.selectOption('linear')
  await expect(scale).toHaveValue('log')
})

test('logs slow operations to the page’s console from now on, and runs nothing else there', async ({
  inspected,
  demo,
}) => {
  const { panel, page, frontend } = inspected
  await frontend.setViewportSize({ width: 1_200, height: 800 })
  const warnings: string[] = []
  page.on('console', message => message.type() === 'warning' && warnings.push(message.text()))
  await page.goto(`${demo.url}/empty`)
  const track = (name: string) =>
    page.evaluate(
      operation =>
        window.PerformanceMonitor.getInstance().trackOperation(
          operation,
          () => new Promise(resolve => setTimeout(resolve, 40)),
        ),
      name,
    )
  await track('before')
  await expect(panel.getByRole('gridcell', { name: 'before' })).toBeVisible()
  const slow = panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })
  await slow.fill('30')
  await slow.press('Enter')
  await panel.getByRole('button', { name: 'Settings' }).click()
  await panel.getByRole('checkbox', { name: /Log slow operations/ }).check()
  await frontend.keyboard.press('Escape')
  const hostile = '"); window.hacked = true; (" %c \n\u2028 `\u0024{1}` </script>'
  await track(hostile)
  await expect.poll(() => warnings.length).toBe(1)
  expect(warnings[0]).toContain(`[Perf] Slow: ${hostile} took `)
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  const marked = panel.getByRole('row').filter({ hasText: 'hacked' }).and(panel.locator('[data-slow=true]'))
  await expect(marked).toHaveCount(1)
})
