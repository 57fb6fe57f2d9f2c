// Test (real Chromium, real DevTools): the Insights tab.
import { violationsIn } from './axe.ts'
import * as problems from './insights/problems.ts'
import { withProblems } from './insights/with-problems.ts'
import { expect, reloadPanel, rowsOf, test } from './perf-test.ts'

test('opens an insight by keyboard, shows exactly its operations, and leads back', async () => {
  await withProblems(async ({ panel, frontend, run }) => {
    const { keyboard } = frontend
    const line = (name: RegExp) => panel.getByRole('button', { name })
    const button = (name: string | RegExp) => panel.getByRole('button', { name, exact: true })
    const focused = panel.locator(':focus')
    await run(problems.retries)
    await line(/^Retries without a pause GET \/fail\/cart 7 failed certain$/).press('Enter')
    const insights = panel.getByRole('region', { name: 'Insights' })
    await expect(insights).toContainText('What speaks against it')
    await expect(insights).toContainText('at least 5 times in a row')
    expect(await violationsIn(panel)).toEqual([])

    await button('Show 7 operations').press('Enter')
    await expect(rowsOf(panel)).toHaveCount(7)
    await expect(panel.getByRole('grid', { name: 'Operations' })).toBeFocused()
    await expect(panel.getByText('Showing the 7 operations of Retries without a pause')).toBeVisible()
    expect(await violationsIn(panel)).toEqual([])
    await button('Back to insight').press('Enter')
    await expect(insights).toContainText('What speaks against it')
    await button('Show in Timeline').press('Enter')
    await expect(panel.getByRole('treegrid', { name: 'Timeline' })).toHaveAttribute('aria-rowcount', '8')
    await button('Back to insight').press('Enter')
    await expect(panel.getByRole('button', { name: 'Follow' })).toBeHidden()

    await line(/^Retries/).focus()
    await expect(focused).toHaveAttribute('aria-expanded', 'true')
    await keyboard.press('Enter')
    await expect(focused).toHaveAttribute('aria-expanded', 'false')
  })
})

test('offers what is found while the lines are read, and keeps what is dismissed', async () => {
  await withProblems(async ({ panel, frontend, run, inspected }) => {
    const lines = panel.getByRole('list', { name: 'What to fix first' }).getByRole('listitem')
    const button = (name: string | RegExp) => panel.getByRole('button', { name, exact: true })
    await run(problems.retries)
    await expect(lines).toHaveText([/^Retries.*7 failed/])
    await lines.first().getByRole('button').focus()
    await inspected.evaluate(problems.sameTwice)
    await expect(button('Show 1 new')).toBeVisible()
    await expect(lines).toHaveText([/^Retries/])
    await button('Show 1 new').click()
    await expect(lines).toHaveText([/^Retries/, /^Same request twice/])

    await lines.first().getByRole('button').click()
    await button('Dismiss').click()
    await button('This kind on this route').click()
    await expect(lines).toHaveText([/^Same request twice/])
    await expect(panel.getByText('1 dismissed')).toBeVisible()
    await reloadPanel(panel)
    await expect(lines).toHaveText([/^Same request twice/])
    await panel.getByText('1 dismissed').click()
    await button('Undo').click()
    await expect(lines).toHaveText([/^Retries/, /^Same request twice/])

    await panel.getByRole('button', { name: 'Copy as Markdown' }).first().click()
    await expect(panel.getByText('Copied')).toBeVisible()
    // A span without operations.
    await panel.getByRole('region', { name: 'Charts' }).focus()
    for (let presses = 0; presses < 20; presses++) await frontend.keyboard.press('+')
    await frontend.keyboard.press('Home')
    await expect(panel.getByRole('heading', { name: 'No operations in this time range' })).toBeVisible()
  })
})
