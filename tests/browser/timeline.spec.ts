// Test (real Chromium, real DevTools): the Timeline tab.
import type { Frame, Locator } from 'playwright/test'
import { EPOCH_STEP } from '../../model/analysis/concurrency.ts'
import type { SessionMark, SessionOperation } from '../../session/format.ts'
import { expect, exportWhen, test } from './shared-tab-test.ts'
import { record } from './workload.ts'

function barsOf(panel: Frame): Locator {
  return panel
    .getByRole('treegrid', { name: 'Timeline' })
    .getByRole('row')
    .filter({ has: panel.getByRole('gridcell') })
}

const isNavigation = ({ type }: SessionMark): boolean => type === 'navigation'

test('lists children below their parent, and shares the selection with other tabs', async ({ inspected, demo }) => {
  const { panel } = inspected
  const session = await record(inspected, demo.url)
  await panel.getByRole('tab', { name: 'Timeline' }).click()
  const grid = panel.getByRole('treegrid', { name: 'Timeline' })
  await expect(grid).toHaveAttribute('aria-rowcount', '76')
  await expect(panel.locator('.navigation-lines i')).toHaveCount(session.marks.filter(isNavigation).length)
  await grid.press('Home')
  const byId = new Map(session.operations.map(operation => [operation.id, operation]))
  const rows = await barsOf(panel).evaluateAll(found =>
    found
      .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
      .map(row => ({ id: (row as HTMLElement).dataset.id as string, level: Number(row.ariaLevel) })),
  )
  const children = rows.filter(({ level }) => level === 2)
  expect(children.length).toBeGreaterThan(0)
  for (const { id } of children) {
    const above = rows[rows.findIndex(row => row.id === id) - 1]
    expect(byId.get(id)?.operationName).toBe('pay')
    expect(byId.get(id)?.parentId).toBe(above?.id)
  }

  // An operation that ends when another starts, to the precision of epoch milliseconds, does not overlap it.
  const isThere = (other: SessionOperation, time: number): boolean =>
    other.startTime === time ||
    (other.startTime < time && (other.endTime ?? Number.POSITIVE_INFINITY) > time + EPOCH_STEP)
  const peak = Math.max(
    ...session.operations.map(({ startTime }) => session.operations.filter(other => isThere(other, startTime)).length),
  )
  await expect(panel.getByRole('img', { name: 'Max concurrent' })).toHaveAccessibleName(`Max concurrent: ${peak}`)

  const details = panel.getByRole('complementary', { name: 'Details' })
  await expect(details).toContainText(rows[0]?.id as string)
  await grid.press('ArrowDown')
  await expect(details).toContainText(rows[1]?.id as string)
  await panel.getByRole('tab', { name: 'Operations' }).click()
  await expect(panel.locator('[role=row][aria-selected=true]')).toHaveAttribute('data-id', rows[1]?.id as string)
})

test('shows the phases of a request, and no end for a running one', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async () => {
    await (await fetch('/api/users')).text()
    fetch('/api/hang').catch(() => undefined)
  })
  await exportWhen(inspected, ({ operations }) => operations.some(({ http }) => http?.phases?.wait !== undefined))
  await panel.getByRole('tab', { name: 'Timeline' }).click()
  const bar = (name: string) => barsOf(panel).filter({ hasText: name })
  await expect(bar('/api/users').locator('.segment.wait')).toHaveCount(1)
  await expect(bar('/api/hang').locator('.segment.pending')).toHaveCount(1)
  await bar('/api/users').hover()
  await expect(panel.locator('.timeline-tooltip')).toContainText(/Waiting for server response\s*[\d.]+\sms/)
})

test('zooms the charts by dragging over the graph', async ({ inspected, demo }) => {
  const { frontend, panel } = inspected
  await record(inspected, demo.url)
  await panel.getByRole('tab', { name: 'Timeline' }).click()
  const graph = panel.getByRole('img', { name: 'Max concurrent' })
  const box = await graph.boundingBox()
  if (!box) throw new Error('No graph')
  // The start of the session, when the page was not loaded yet.
  await frontend.mouse.move(box.x + 1, box.y + 10)
  await frontend.mouse.down()
  await frontend.mouse.move(box.x + box.width * 0.06, box.y + 10, { steps: 3 })
  await frontend.mouse.up()
  await expect(panel.getByRole('status')).toContainText('0 / 75 operations')
  await graph.dblclick()
  await expect(panel.getByRole('status')).not.toContainText('/ 75')
})
