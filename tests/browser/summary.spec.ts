// Test (real Chromium, real DevTools): the Summary tab equals a naive computation over the exported file.
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { expectTotals, readingOf } from './expect-statistics.ts'
import { expect, type InspectedPage, rowsOf, test } from './shared-tab-test.ts'
import { activeSpan, pause, record, type Span, shownSpan } from './workload.ts'

/** The default slow threshold. */
const SLOW = 1_000

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

/** Pixels: a shorter drag counts as a click. */
const MIN_DRAG = 20

/** Drags over the middle of the recorded range, and returns the range that is shown then. */
async function zoomToMiddle({ frontend, panel }: InspectedPage, session: SessionFile): Promise<Span> {
  const box = await panel.locator('.chart.durations .u-over').boundingBox()
  if (!box) throw new Error('No chart')
  const { from, to } = shownSpan(session)
  const perPixel = (to - from) / box.width
  const y = box.y + box.height / 2
  const left = (index: number) => Math.round(((session.operations[index]?.startTime ?? 0) - from) / perPixel)
  const start = left(20)
  const end = Math.max(left(60), start + MIN_DRAG)
  await frontend.mouse.move(box.x + start, y)
  await frontend.mouse.down()
  await frontend.mouse.move(box.x + end, y, { steps: 3 })
  await frontend.mouse.up()
  return { from: from + start * perPixel, to: from + end * perPixel }
}

test('shows what to look at first, also zoomed and filtered', async ({ inspected, demo }) => {
  const { panel } = inspected
  await record(inspected, demo.url)
  const session = await pause(inspected)
  const reading = await readingOf(panel, session)
  const tab = (name: string) => panel.getByRole('tab', { name })
  const mostTime = panel.getByRole('region', { name: 'Most time' }).getByRole('button').first()
  const timeOf = ({ duration = 0 }: SessionOperation): number => duration
  await tab('Summary').click()
  await expect(mostTime).toContainText(nameWithMost(session.operations, timeOf))
  const failures = panel.getByRole('region', { name: 'Most failures' }).getByRole('button')
  const failed = session.operations.filter(({ outcome }) => outcome === 'failed')
  const countOf = (name: string): number => failed.filter(({ operationName }) => operationName === name).length
  // Several names may have failed as often.
  const most = countOf(nameWithMost(failed, () => 1))
  await expect(failures.first()).toContainText(`${most} failed`)

  const range = await zoomToMiddle(inspected, session)
  const shown = session.operations.filter(({ startTime }) => startTime >= range.from && startTime <= range.to)
  expect(shown.length).toBeGreaterThan(3)
  expect(shown.length).toBeLessThan(75)
  const name = nameWithMost(shown, timeOf)
  await expect(mostTime).toContainText(name)

  await mostTime.click()
  await expect(tab('Operations')).toHaveAttribute('aria-selected', 'true')
  const own = shown.filter(({ operationName }) => operationName === name)
  await expect(panel.getByRole('grid', { name: 'Operations' })).toHaveAttribute('aria-rowcount', String(own.length + 1))
  await expect(rowsOf(panel).first()).toContainText(name)
  await tab('Summary').click()
  await expect(panel.getByRole('region', { name: 'Totals' })).toContainText(`Operations${own.length}`)
  await panel.getByRole('button', { name: 'Follow' }).click()
  await expectTotals(reading, {
    operations: session.operations.filter(({ operationName }) => operationName === name),
    range: activeSpan(session),
    slowThreshold: SLOW,
  })
})
