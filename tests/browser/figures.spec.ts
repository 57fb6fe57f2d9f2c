// Test (real Chromium, real DevTools): what is said of a filtered and zoomed session is what a naive reader computes of
// the exported file.
import type { Frame } from 'playwright/test'
import { createFigures, type Figures } from '../../panel/format/figures.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expect, type InspectedPage, rowsOf, test } from './perf-test.ts'
import { naiveFigures, naiveQuantile, record } from './workload.ts'

/** Filters, and the same in plain code. */
const FILTERS: [text: string, passes: (operation: SessionOperation) => boolean][] = [
  ['', () => true],
  ['CHECK', ({ operationName }) => operationName.toLowerCase().includes('check')],
  ['outcome:failed', ({ outcome }) => outcome === 'failed'],
  ['-outcome:ok -name:pay', ({ outcome, operationName }) => outcome !== 'ok' && operationName !== 'pay'],
  ['duration>=20', ({ duration = 0 }) => duration >= 20],
  [
    'duration:5..30 -/^(save|render)/',
    ({ duration = 0, operationName }) => duration >= 5 && duration <= 30 && !/^(save|render)/.test(operationName),
  ],
  ['has:metadata is:slow', ({ metadata, duration = 0 }) => metadata !== undefined && duration >= 15],
  ['has:parent', ({ parentId }) => parentId !== undefined],
]

/** Each leaves 0.7 of the span, which is some seconds. */
const ZOOM_STEPS = 9

const footerOf = (panel: Frame) => panel.locator('.status-bar > :first-child')

/** Compares the footer, the totals and the groups. */
async function expectFiguresOf(
  { panel }: InspectedPage,
  shown: SessionOperation[],
  session: SessionFile,
  figures: Figures,
) {
  const resolution = Math.max(...session.documents.map(({ clockResolution }) => clockResolution))
  const naive = naiveFigures(shown)
  const all = session.operations.length
  const slow = shown.filter(({ duration = 0 }) => duration >= 15).length
  await expect(footerOf(panel)).toContainText(
    `${naive.count === all ? '' : `${naive.count} / `}${all} operations · ${naive.failed} failed · ${naive.cancelled} cancelled · 0 running · ${slow} slow`,
  )
  await panel.getByRole('tab', { name: 'Summary' }).click()
  const field = (name: string) =>
    panel.getByRole('region', { name: 'Totals' }).locator('.field').filter({ hasText: name }).locator('.field-value')
  await expect(field('Operations')).toHaveText(figures.count(naive.count))
  await expect(field('Longest')).toHaveText(figures.duration(naive.durations.at(-1) ?? Number.NaN, resolution))
  await expect(field('Time in all')).toHaveText(figures.duration(naive.sum, resolution))
  for (const [name, q] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const exact = naiveQuantile(naive, q)
    // Within 1 %, and the last digit that is shown.
    expect(Math.abs(Number.parseFloat((await field(name).textContent()) ?? '') - exact)).toBeLessThan(
      exact * 0.01 + 0.06,
    )
  }
  await panel.getByRole('tab', { name: 'Operations' }).click()
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()
  const rows = panel
    .getByRole('grid', { name: 'Operations by name' })
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })
  const names = [...new Set(shown.map(({ operationName }) => operationName))].sort()
  await expect(rows).toHaveCount(names.length)
  for (const name of names) {
    const own = naiveFigures(shown.filter(({ operationName }) => operationName === name))
    const row = rows.filter({ has: panel.locator('.cell.name', { hasText: name }) })
    await expect(row.locator('.cell.count')).toHaveText(figures.count(own.count))
    await expect(row.locator('.cell.max')).toHaveText(figures.duration(own.durations.at(-1) ?? Number.NaN, resolution))
    await expect(row.locator('.cell.total')).toHaveText(figures.duration(own.sum, resolution))
  }
  await panel.getByRole('checkbox', { name: 'Group by name' }).uncheck()
}

/** The ids of the first and the last operation that is listed. */
async function edges({ panel }: InspectedPage): Promise<[string, string]> {
  const idAfter = async (key: string) => {
    await panel.getByRole('grid', { name: 'Operations' }).press(key)
    return (await rowsOf(panel).and(panel.locator('[aria-selected=true]')).getAttribute('data-id')) as string
  }
  return [await idAfter('Home'), await idAfter('End')]
}

test('filtered and zoomed figures equal a naive computation over the export', async ({ inspected, demo }) => {
  const { panel } = inspected
  const session = await record(inspected, demo.url)
  const figures = createFigures(await panel.evaluate(() => navigator.language))
  const filter = panel.getByRole('combobox', { name: 'Filter' })
  const slow = panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })
  await slow.fill('15')
  await slow.press('Enter')
  for (const [text, passes] of FILTERS) {
    await filter.fill(text)
    await expectFiguresOf(inspected, session.operations.filter(passes), session, figures)
  }

  // Into a tenth of a second, and on until some of the operations are in it.
  await filter.fill('')
  const charts = panel.getByRole('region', { name: 'Charts' })
  for (let steps = 0; steps < ZOOM_STEPS; steps++) await charts.press('+')
  await charts.press('Home')
  const some = async (): Promise<boolean> => {
    await charts.press('ArrowRight')
    const count = Number.parseInt((await footerOf(panel).textContent()) ?? '', 10)
    return count > 10 && count < 60
  }
  await expect.poll(some, { intervals: [20] }).toBe(true)
  const [first, last] = await edges(inspected)
  const ids = session.operations.map(({ id }) => id)
  const zoomed = session.operations.slice(ids.indexOf(first), ids.indexOf(last) + 1)
  expect(zoomed.length).toBeGreaterThan(10)
  expect(zoomed.length).toBeLessThan(60)
  for (const [text, passes] of FILTERS) {
    const shown = zoomed.filter(passes)
    if (shown.length === 0) continue
    await filter.fill(text)
    await expectFiguresOf(inspected, shown, session, figures)
  }
})
