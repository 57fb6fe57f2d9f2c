// Test (real Chromium, real DevTools): the Insights tab.
import { Buffer } from 'node:buffer'
import type { Page } from 'playwright/test'
import { writeScenario } from '../../bench/insights/generator/scenario.ts'
import { openChromium } from '../../scripts/chromium-session.ts'
import { violationsIn } from './axe.ts'
import { serveProblems } from './insights/problem-server.ts'
import * as problems from './insights/problems.ts'
import { EXTENSION, expect, rowsOf, test } from './perf-test.ts'

type Chromium = Awaited<ReturnType<typeof openChromium>>

/** A panel as a new user has it, and a page of a server for problems. */
async function withProblems(
  use: (
    parts: Awaited<ReturnType<Chromium['devtoolsFor']>> & {
      inspected: Page
      run(problem: () => Promise<void>): Promise<void>
    },
  ) => Promise<void>,
): Promise<void> {
  const server = await serveProblems()
  const chromium = await openChromium({ extensionDir: EXTENSION, headless: true, devtools: true, dock: 'undocked' })
  try {
    const page = chromium.inspectedPages()[0] ?? (await chromium.context.newPage())
    const devtools = await chromium.devtoolsFor(page)
    await devtools.frontend.setViewportSize({ width: 1_200, height: 900 })
    const run = async (problem: () => Promise<void>): Promise<void> => {
      await page.goto(`${server.url}/`)
      await devtools.panel.getByRole('button', { name: 'Clear', exact: true }).click()
      // The page may be left before it is done.
      await page.evaluate(problem).catch(() => undefined)
    }
    await use({ ...devtools, inspected: page, run })
  } finally {
    await chromium.close()
    await server.close()
  }
}

const EXPECTED: [problem: () => Promise<void>, line: RegExp][] = [
  [problems.onePerItem, /One request per item.*GET \/api\/orders\/:id.*likely/],
  [problems.sameTwice, /Same request twice at the same time.*GET \/api\/account.*2 requests.*certain/],
  [problems.oneAfterTheOther, /Requests one after the other.*up to \d+ ms.*likely/],
  [problems.retries, /Retries without a pause.*GET \/fail\/cart.*7 failed.*certain/],
  [problems.slowNowAndThen, /Sometimes very slow.*GET \/api\/search.*up to [34]\.\d+ s.*likely/],
  [problems.hugeAnswers, /Large answers.*GET \/huge\/products.*up to \d+ ms.*likely/],
  [problems.leavesRequestsBehind, /Requests that the page left behind.*GET \/api\/widgets.*certain/],
]

test('names each of eight problems in the first two lines, without a click', async () => {
  await withProblems(async ({ panel, run }) => {
    const lines = panel.getByRole('list', { name: 'What to fix first' }).getByRole('listitem')
    for (const [problem, line] of EXPECTED) {
      await run(problem)
      await expect
        .poll(async () => (await lines.allTextContents()).slice(0, 2).join('\n'), { message: problem.name })
        .toMatch(line)
    }
    // It takes minutes to be sure that a heap grows.
    const { text } = writeScenario({ seed: 1, problems: ['heap-growth'], traps: [] })
    const file = { name: 'leak.json', mimeType: 'application/json', buffer: Buffer.from(text) }
    await panel.getByLabel('Session files').setInputFiles(file)
    await expect(panel.getByTitle('Switch session')).toContainText('leak.json')
    await expect
      .poll(async () => (await lines.allTextContents()).slice(0, 2).join('\n'))
      .toMatch(/The heap did not fall back.*MB.*possible/)
  })
})

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
    await panel.evaluate(() => location.reload())
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
