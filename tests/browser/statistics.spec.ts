// Test (real Chromium, real DevTools): the statistics of a filtered and zoomed session equal a naive computation over
// the exported file.
import type { SessionOperation } from '../../session/format.ts'
import { expectGroups, expectTotals, readingOf } from './expect-statistics.ts'
import { expect, test } from './shared-tab-test.ts'
import { activeSpan, naiveStatistics, pause, record, type Span, shownSpan } from './workload.ts'

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

const SLOW = 15
/** How far a key zooms and pans: see `panel/views/charts/time-navigation.ts`. */
const KEY_ZOOM = 0.7
const KEY_STEP = 0.15

test('filtered and zoomed statistics equal a naive computation over the export', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  // So that the table has room for all columns.
  await inspected.frontend.setViewportSize({ width: 2_800, height: 900 })
  const session = await pause(inspected)
  const reading = await readingOf(panel, session)
  const all = session.operations.length
  const footer = panel.locator('.status-bar > :first-child')
  const filter = panel.getByRole('combobox', { name: 'Filter' })
  const slow = panel.getByRole('spinbutton', { name: 'Slow ≥ ms' })
  await slow.fill(String(SLOW))
  await slow.press('Enter')
  await panel.getByRole('checkbox', { name: 'Group by name' }).check()

  const expectAll = async (range: Span, operations: SessionOperation[]): Promise<void> => {
    const { count, failed, cancelled, durations } = naiveStatistics(operations)
    const slowOnes = durations.filter(duration => duration >= SLOW).length
    await expect(footer).toContainText(
      `${count === all ? '' : `${count} / `}${all} operations · ${failed} failed · ${cancelled} cancelled · 0 running · ${slowOnes} slow`,
    )
    const shown = { operations, range, slowThreshold: SLOW }
    await panel.getByRole('tab', { name: 'Summary' }).click()
    await expectTotals(reading, shown)
    await panel.getByRole('tab', { name: 'Operations' }).click()
    await expectGroups(reading, shown)
  }
  for (const [text, passes] of FILTERS) {
    await filter.fill(text)
    await expectAll(activeSpan(session), session.operations.filter(passes))
  }

  // Zoom to about half of the time in which the operations ran, and pan until it contains some of them.
  await filter.fill('')
  const charts = panel.getByRole('region', { name: 'Charts' })
  const { from, to } = shownSpan(session)
  const starts = session.operations.map(({ startTime }) => startTime)
  const busy = Math.max(...starts) - Math.min(...starts)
  const zoomSteps = Math.ceil(Math.log(busy / 2 / (to - from)) / Math.log(KEY_ZOOM))
  for (let steps = 0; steps < zoomSteps; steps++) await charts.press('+')
  await charts.press('Home')
  const span = (to - from) * KEY_ZOOM ** zoomSteps
  let range = { from, to: from + span }
  const within = () => session.operations.filter(({ startTime }) => startTime >= range.from && startTime <= range.to)
  while (within().length <= 10 || within().length >= 60) {
    await charts.press('ArrowRight')
    range = { from: range.from + span * KEY_STEP, to: range.to + span * KEY_STEP }
    if (range.from > to) throw new Error('no part of the operations is as long as that')
  }
  for (const [text, passes] of FILTERS) {
    const operations = within().filter(passes)
    if (operations.length === 0) continue
    await filter.fill(text)
    await expectAll(range, operations)
  }
})
