// Test (real Chromium, real DevTools): the charts: zoom, pan, keys, selection, scale; and what is marked in them.
import type { Frame } from 'playwright'
import { expect, exportWhen, type InspectedPage, rowsOf, test } from './perf-test.ts'

const COUNT = 60

/** Operations one after the other for more than a second. */
async function record({ page, panel }: InspectedPage, url: string): Promise<void> {
  await page.goto(`${url}/empty`)
  await page.evaluate(async count => {
    const monitor = window.PerformanceMonitor.getInstance()
    for (let i = 0; i < count; i++) {
      await monitor.trackOperation(`step ${i}`, () => new Promise(resolve => setTimeout(resolve, 20)))
    }
  }, COUNT)
  await expect(statusOf(panel)).toContainText(`${COUNT} operations`)
}

function statusOf(panel: Frame) {
  return panel.locator('.status-bar > [aria-hidden]').first()
}

/** Where the plot of durations stands in DevTools' window. */
async function plotOf(panel: Frame) {
  const box = await panel.locator('.durations .u-over').boundingBox()
  if (!box) throw new Error('no chart')
  return box
}

test('the wheel zooms and pans, a drag zooms, a double-click and Follow show all', async ({ inspected, demo }) => {
  await record(inspected, demo.url)
  const { frontend, panel } = inspected
  const { x, y, width, height } = await plotOf(panel)
  const follow = panel.getByRole('button', { name: 'Follow' })
  const narrowed = new RegExp(`^[\\d]+ / ${COUNT} operations`)
  await frontend.mouse.move(x + 10, y + height / 2)
  await frontend.mouse.wheel(0, -1_200)
  await expect(statusOf(panel)).toHaveText(narrowed)
  await expect(follow).toBeVisible()
  const before = await statusOf(panel).textContent()
  await frontend.mouse.wheel(300, 0)
  await expect(statusOf(panel)).not.toHaveText(before ?? '')
  await follow.click()
  await expect(statusOf(panel)).toHaveText(new RegExp(`^${COUNT} operations`))
  await expect(follow).toBeHidden()
  await frontend.mouse.move(x + 2, y + height / 2)
  await frontend.mouse.down()
  await frontend.mouse.move(x + width / 20, y + height / 2, { steps: 4 })
  await frontend.mouse.up()
  await expect(statusOf(panel)).toHaveText(narrowed)
  await frontend.mouse.dblclick(x + width / 2, y + height / 2)
  await expect(follow).toBeHidden()
})

test('keys zoom and pan, and 0 shows all', async ({ inspected, demo }) => {
  await record(inspected, demo.url)
  const { frontend, panel } = inspected
  const { x, y, width, height } = await plotOf(panel)
  const follow = panel.getByRole('button', { name: 'Follow' })
  /** Seconds of the session at the plot's left edge. */
  const leftEdge = async (): Promise<number> => {
    await frontend.mouse.move(x + width / 2, y + height / 2)
    await frontend.mouse.move(x + 1, y + height / 2)
    return Number.parseFloat((await panel.locator('.readout').first().textContent()) ?? '')
  }
  await panel.getByRole('region', { name: 'Charts' }).focus()
  for (let i = 0; i < 4; i++) await frontend.keyboard.press('+')
  await expect(follow).toBeVisible()
  await expect.poll(leftEdge).toBeGreaterThan(1)
  await frontend.keyboard.press('Home')
  await expect.poll(leftEdge).toBeLessThan(0.5)
  await frontend.keyboard.press('ArrowRight')
  await expect.poll(leftEdge).toBeGreaterThan(0.1)
  await frontend.keyboard.press('End')
  await expect.poll(leftEdge).toBeGreaterThan(3)
  await frontend.keyboard.press('0')
  await expect(follow).toBeHidden()
  await expect(statusOf(panel)).toHaveText(new RegExp(`^${COUNT} operations`))
})

test('the operation under the pointer is named, and selected by a click', async ({ inspected, demo }) => {
  const { page, frontend, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() =>
    window.PerformanceMonitor.getInstance().trackOperation('alone', () => new Promise(done => setTimeout(done, 100))),
  )
  await expect(rowsOf(panel)).toHaveCount(1)
  // Where it stands is told by the fold alone: look along the height at which 100 ms are.
  const { x, y, width, height } = await plotOf(panel)
  const tooltip = panel.locator('.chart-tooltip')
  await expect
    .poll(async () => {
      for (let left = 0; left < width; left += 6) {
        await frontend.mouse.move(x + left, y + height * 0.25)
        if (await tooltip.isVisible()) return tooltip.textContent()
      }
      return ''
    })
    .toContain('alone')
  await frontend.mouse.down()
  await frontend.mouse.up()
  await expect(panel.getByRole('complementary', { name: 'Details' })).toContainText('alone')
})

test('the scale of durations is logarithmic or linear, and stays so', async ({ inspected, demo }) => {
  await record(inspected, demo.url)
  const { panel } = inspected
  const scale = panel.getByRole('combobox', { name: 'Scale of durations' })
  await expect(scale).toHaveValue('log')
  await scale.selectOption('linear')
  await panel.evaluate(() => location.reload())
  await expect(scale).toHaveValue('linear')
})

test('tasks that kept the page busy are recorded', async ({ inspected, demo }) => {
  const { page } = inspected
  await page.goto(`${demo.url}/empty`)
  const busy = await page.evaluate(async () => {
    await new Promise(resolve => setTimeout(resolve, 100))
    const start = performance.now()
    while (performance.now() < start + 150);
    return performance.timeOrigin + start
  })
  const session = await exportWhen(inspected, ({ marks }) => marks.some(({ type }) => type === 'long-task'))
  const tasks = session.marks.filter(mark => mark.type === 'long-task')
  expect(tasks.some(({ time, duration }) => time <= busy && time + duration >= busy + 149)).toBe(true)
})
