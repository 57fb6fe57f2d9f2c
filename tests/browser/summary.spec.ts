// Test (real Chromium, real DevTools): the tab Summary says what a naive reader computes of the exported file.
import type { Frame } from 'playwright/test'
import { createFigures, type Figures } from '../../panel/format/figures.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expect, exportWhen, type InspectedPage, rowsOf, test } from './perf-test.ts'
import { naiveFigures, naiveQuantile, record, shownSpan } from './workload.ts'

async function expectSummaryOf(panel: Frame, operations: SessionOperation[], session: SessionFile, figures: Figures) {
  const resolution = Math.max(...session.documents.map(({ clockResolution }) => clockResolution))
  const naive = naiveFigures(operations)
  const totals = panel.getByRole('region', { name: 'Totals' })
  const field = (name: string) => totals.locator('.field').filter({ hasText: name }).locator('.field-value')
  await expect(field('Operations')).toHaveText(figures.count(naive.count))
  await expect(field('Longest')).toHaveText(figures.duration(naive.durations.at(-1) ?? Number.NaN, resolution))
  await expect(field('Time in all')).toHaveText(figures.duration(naive.sum, resolution))
  for (const [name, q] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const exact = naiveQuantile(naive, q)
    expect(Math.abs(Number.parseFloat((await field(name).textContent()) ?? '') - exact)).toBeLessThan(
      exact * 0.01 + 0.06,
    )
  }
  const ok = naive.count - naive.failed - naive.cancelled - naive.running
  for (const [text, count] of [
    ['ok', ok],
    ['failed', naive.failed],
    ['cancelled', naive.cancelled],
  ] as const) {
    const shares = totals.getByRole('listitem').filter({ hasText: text })
    if (count === 0) await expect(shares).toHaveCount(0)
    else await expect(shares).toHaveText(`${figures.count(count)} ${text} ${figures.percent(count / naive.count)}`)
  }
  const chart = panel.getByRole('img', { name: 'Durations: ' })
  await expect(chart).toHaveAccessibleName(`Durations: ${figures.count(naive.durations.length)} operations`)
  await expect(panel.getByRole('region', { name: 'Most time' }).getByRole('button').first()).toContainText(
    nameWithMost(operations, ({ duration = 0 }) => duration),
  )
}

function nameWithMost(
  operations: readonly SessionOperation[],
  amount: (operation: SessionOperation) => number,
): string {
  const sums = new Map<string, number>()
  for (const operation of operations) {
    const { operationName } = operation
    sums.set(operationName, (sums.get(operationName) ?? 0) + amount(operation))
  }
  return [...sums].reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}

/** Drags over the middle of what was recorded, and returns the ids of the first and the last operation that is left. */
async function zoomToMiddle({ frontend, panel }: InspectedPage, session: SessionFile): Promise<[string, string]> {
  const box = await panel.locator('.chart.durations .u-over').boundingBox()
  if (!box) throw new Error('No chart')
  const [from, to] = shownSpan(session)
  const y = box.y + box.height / 2
  const x = (index: number) => box.x + (box.width * ((session.operations[index]?.startTime ?? 0) - from)) / (to - from)
  await frontend.mouse.move(x(20), y)
  await frontend.mouse.down()
  await frontend.mouse.move(x(60), y, { steps: 3 })
  await frontend.mouse.up()
  const grid = panel.getByRole('grid', { name: 'Operations' })
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(session.operations.length + 1))
  const idAfter = async (key: string) => {
    await grid.press(key)
    return (await rowsOf(panel).and(panel.locator('[aria-selected=true]')).getAttribute('data-id')) as string
  }
  return [await idAfter('Home'), await idAfter('End')]
}

test('Summary equals a naive computation over the export, zoomed and focused as well', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  // Nothing comes any more that would move the charts.
  await panel.getByRole('button', { name: 'Record' }).click()
  const session = await exportWhen(inspected, ({ gaps }) => gaps.some(({ reason }) => reason === 'paused'))
  const figures = createFigures(await panel.evaluate(() => navigator.language))
  const tab = (name: string) => panel.getByRole('tab', { name })
  await tab('Summary').click()
  await expectSummaryOf(panel, session.operations, session, figures)
  const failures = panel.getByRole('region', { name: 'Most failures' }).getByRole('button')
  await expect(failures.first()).toContainText(
    nameWithMost(session.operations, ({ outcome }) => (outcome === 'failed' ? 1 : 0)),
  )

  await tab('Operations').click()
  const [first, last] = await zoomToMiddle(inspected, session)
  const ids = session.operations.map(({ id }) => id)
  const shown = session.operations.slice(ids.indexOf(first), ids.indexOf(last) + 1)
  expect(shown.length).toBeGreaterThan(3)
  expect(shown.length).toBeLessThan(75)
  await tab('Summary').click()
  await expectSummaryOf(panel, shown, session, figures)

  const name = nameWithMost(shown, ({ duration = 0 }) => duration)
  await panel.getByRole('region', { name: 'Most time' }).getByRole('button').first().click()
  await expect(tab('Operations')).toHaveAttribute('aria-selected', 'true')
  const own = shown.filter(({ operationName }) => operationName === name)
  await expect(panel.getByRole('grid', { name: 'Operations' })).toHaveAttribute('aria-rowcount', String(own.length + 1))
  await tab('Summary').click()
  await expectSummaryOf(panel, own, session, figures)
})
