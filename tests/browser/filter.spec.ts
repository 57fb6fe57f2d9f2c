// Test (real Chromium, real DevTools): typing in the filter field.
import { expect, type InspectedPage, test } from './shared-tab-test.ts'

/** Requests for ten users, a failed one, one with a server error, and a slow custom operation. */
async function work({ page, frontend }: InspectedPage, url: string): Promise<void> {
  await frontend.setViewportSize({ width: 1_200, height: 800 })
  await page.goto(`${url}/empty`)
  await page.evaluate(async () => {
    for (let id = 1; id <= 10; id++) await fetch(`/api/users/${id}`)
    await fetch('/api/status/404')
    await fetch('/api/reset').catch(() => undefined)
    const monitor = window.PerformanceMonitor.getInstance()
    await monitor.trackOperation('checkout', () => new Promise(resolve => setTimeout(resolve, 60)), { cart: 3 })
  })
}

/** The text of the status bar. */
const footer = ({ panel }: InspectedPage) => panel.locator('.status-bar > :first-child')

test('filters while the user types, and says how many operations match', async ({ inspected, demo }) => {
  await work(inspected, demo.url)
  const field = inspected.panel.getByRole('combobox', { name: 'Filter' })
  await expect(footer(inspected)).toContainText('13 operations · 2 failed')
  for (const [text, shown] of [
    ['USERS', '10 / 13 operations · 0 failed'],
    ['-users', '3 / 13 operations · 2 failed'],
    ['kind:custom duration>=50', '1 / 13 operations'],
    ['status:404', '1 / 13 operations · 1 failed'],
    ['outcome:failed -status>=400', '1 / 13 operations · 1 failed'],
    ['name=/users/ route:"/users/:id"', '10 / 13 operations'],
    ['/users\\/\\d$/ domain:127.0.0.*', '9 / 13 operations'],
    ['has:metadata', '1 / 13 operations'],
  ] as const) {
    await field.fill(text)
    await expect(footer(inspected), text).toContainText(shown)
  }
  await field.fill('no operation has such a name')
  await inspected.panel.getByRole('button', { name: 'Clear filter' }).last().click()
  await expect(footer(inspected)).toContainText(/^13 operations/)

  const { panel, frontend } = inspected
  const chip = (name: string) => panel.getByRole('button', { name, exact: true })
  await chip('Custom').click()
  await expect(footer(inspected)).toContainText('1 / 13 operations')
  await chip('Fetch/XHR').click()
  await expect(footer(inspected)).toContainText('12 / 13 operations')
  await field.fill('users')
  await panel.getByRole('checkbox', { name: 'Invert' }).check()
  await expect(footer(inspected)).toContainText('2 / 13 operations')
  await chip('Custom').focus()
  await frontend.keyboard.press('Control+Enter')
  await expect(chip('Custom')).toHaveAttribute('aria-pressed', 'true')
  await expect(footer(inspected)).toContainText('3 / 13 operations')
  await chip('All').press('Space')
  await expect(chip('Fetch/XHR')).toHaveAttribute('aria-pressed', 'false')
  await expect(footer(inspected)).toContainText('3 / 13 operations')
})

test('explains invalid terms below the field, and filters by the others', async ({ inspected, demo }) => {
  await work(inspected, demo.url)
  const { panel, frontend } = inspected
  const field = panel.getByRole('combobox', { name: 'Filter' })
  await field.focus()
  await frontend.keyboard.type('users duration>')
  await expect(field).toHaveAttribute('aria-invalid', 'false')
  await frontend.keyboard.type('fast')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/duration>fast "fast" isn't a number or range/)
  await expect(panel.getByText("isn't a number or range")).toBeVisible()
  await expect(footer(inspected)).toContainText('10 / 13 operations')

  // It names all mistakes.
  await field.fill('users durtion>300 kind:fech -stauts:404 ')
  const remarks = panel.locator('.filter-remarks p')
  await expect(remarks).toHaveText([/^durtion>300 .*Did you mean duration\?/, /^kind:fech /, /^-stauts:404 .*status\?/])
  await expect(field).toHaveAccessibleDescription(/durtion.*fech.*stauts/)
  await expect(footer(inspected)).toContainText('10 / 13 operations')
  await field.fill('is:a is:b is:c is:d is:e is:f is:g ')
  await expect(remarks).toHaveCount(6)
  await expect(remarks.last()).toHaveText('and 2 more')

  // What is searched for as text is remarked on where nothing is found.
  await field.fill('/users/i')
  await expect(footer(inspected)).toContainText('10 / 13 operations')
  await expect(remarks).toHaveCount(0)
  await field.fill('users OR checkout ')
  await expect(remarks).toHaveText([/^OR is searched for as text\. All terms must match/])
  await expect(field).toHaveAttribute('aria-invalid', 'false')
  await field.fill('/users/gi ')
  await expect(remarks).toHaveText([/without flags: \/users\/$/])
})

test('answers at once, whatever the regular expression and the names', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await work(inspected, demo.url)
  await page.evaluate(
    async host => {
      const monitor = window.PerformanceMonitor.getInstance()
      for (const name of ['a'.repeat(36), 'ab'.repeat(20_000)]) await monitor.trackOperation(`${name}!`, async () => 1)
      await fetch(`http://${host}.invalid/`).catch(() => undefined)
    },
    `${'a'.repeat(60)}`,
  )
  const field = panel.getByRole('combobox', { name: 'Filter' })
  await expect(footer(inspected)).toContainText('16 operations')
  for (const [text, shown] of [
    ['/(a+)+$/', '0 / 16 operations'],
    ['/^(a+)+!$/', '1 / 16 operations'],
    // The long name is shortened where it is recorded.
    ['/^(a|b|ab)+.?$/', '2 / 16 operations'],
    ['name:/(a*)*(b*)*Z/', '0 / 16 operations'],
    ['domain:*a*a*a*a*a*a*b', '0 / 16 operations'],
    ['domain:*a*a*a*.invalid', '1 / 16 operations'],
  ] as const) {
    await field.fill(text)
    await expect(footer(inspected), text).toContainText(shown)
  }
  await field.fill('/(?=a)b/ ')
  await expect(panel.locator('.filter-remarks')).toHaveText("/(?=a)b/ A lookahead or lookbehind isn't supported.")
})

test('completes keys and the values that occur, by keyboard', async ({ inspected, demo }) => {
  await work(inspected, demo.url)
  const { panel, frontend } = inspected
  const field = panel.getByRole('combobox', { name: 'Filter' })
  const options = panel.getByRole('listbox', { name: 'Completions' }).getByRole('option')
  await expect(footer(inspected)).toContainText('13 operations')
  await panel.getByRole('grid').first().focus()
  await frontend.keyboard.press('Control+f')
  await expect(field).toBeFocused()
  await frontend.keyboard.type('stat')
  await expect(options).toHaveCount(1)
  await frontend.keyboard.press('Tab')
  await expect(field).toHaveValue('status:')
  await expect(options).toHaveText(['2xx', '4xx', '200', '404'])
  await frontend.keyboard.press('ArrowDown')
  await frontend.keyboard.press('ArrowDown')
  // New values appear while the user chooses, and the active option stays.
  await inspected.page.evaluate(async () => void (await fetch('/api/status/302')))
  await expect(options).toHaveText(['2xx', '3xx', '4xx', '200', '302', '404'])
  await expect(options.and(panel.locator('[aria-selected=true]'))).toHaveText('200')
  await frontend.keyboard.press('ArrowUp')
  await frontend.keyboard.press('Enter')
  await expect(field).toHaveValue('status:4xx ')
  await expect(footer(inspected)).toContainText('1 / 14 operations')
  await frontend.keyboard.type('k')
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  await frontend.keyboard.press('Escape')
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await expect(field).toHaveValue('status:4xx k')
  await frontend.keyboard.press('Escape')
  await expect(field).toHaveValue('')
  await expect(footer(inspected)).toContainText(/^14 operations/)
})

test('applies the slow threshold immediately, keeps it, and filters by it', async ({ inspected, demo }) => {
  await work(inspected, demo.url)
  const { panel } = inspected
  await expect(footer(inspected)).toContainText('0 slow')
  const slow = panel.getByRole('toolbar').getByRole('spinbutton', { name: 'Slow ≥ ms' })
  await slow.fill('50')
  await slow.press('Enter')
  await panel.getByRole('combobox', { name: 'Filter' }).fill('is:slow name:checkout')
  await expect(footer(inspected)).toContainText('1 / 13 operations')
  await expect(footer(inspected)).toContainText('1 slow')
  await slow.fill('5000')
  await slow.press('Enter')
  await expect(footer(inspected)).toContainText('0 / 13 operations')
  await slow.fill('-3')
  await slow.press('Enter')
  await slow.blur()
  await expect(slow).toHaveValue('5000')
})
