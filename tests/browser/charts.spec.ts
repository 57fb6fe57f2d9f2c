// Test (real Chromium, real DevTools): zooming, panning, keys, selection and scale in the charts, and what they draw.
import { Buffer } from 'node:buffer'
import type { Frame } from 'playwright'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { isDrawn, pixelsOf } from './chart-pixels.ts'
import { expect, exportWhen, type InspectedPage, reloadPanel, test } from './shared-tab-test.ts'
import { pause, shownSpan } from './workload.ts'

const COUNT = 60

/** Runs operations one after the other for more than a second. */
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

/** The position of the plot of durations in the DevTools window. */
async function plotOf(panel: Frame) {
  const box = await panel.locator('.durations .u-over').boundingBox()
  if (!box) throw new Error('no chart')
  return box
}

test('zooms and pans by wheel, drag and keys, and shows all by double-click, 0 and Follow', async ({
  inspected,
  demo,
}) => {
  await record(inspected, demo.url)
  const { frontend, panel } = inspected
  const { x, y, width, height } = await plotOf(panel)
  const follow = panel.getByRole('button', { name: 'Follow' })
  const zoomed = new RegExp(`^[\\d]+ / ${COUNT} operations`)
  const all = new RegExp(`^${COUNT} operations`)

  await test.step('wheel, drag, double-click', async () => {
    await frontend.mouse.move(x + width * 0.9, y + height / 2)
    await frontend.mouse.wheel(0, -1_200)
    await expect(statusOf(panel)).toHaveText(zoomed)
    await expect(statusOf(panel)).not.toHaveText(/^0 /)
    await expect(follow).toBeVisible()
    // To the start of the session, when the page was not loaded yet.
    await frontend.mouse.wheel(-30 * width, 0)
    await expect(statusOf(panel)).toHaveText(/^0 /)
    await follow.click()
    await expect(statusOf(panel)).toHaveText(all)
    await expect(follow).toBeHidden()
    await frontend.mouse.move(x + 2, y + height / 2)
    await frontend.mouse.down()
    await frontend.mouse.move(x + width / 20, y + height / 2, { steps: 4 })
    await frontend.mouse.up()
    await expect(statusOf(panel)).toHaveText(zoomed)
    await frontend.mouse.dblclick(x + width / 2, y + height / 2)
    await expect(follow).toBeHidden()
  })

  await test.step('one cursor in both charts, with the time and the heap', async () => {
    for (const chart of ['durations', 'memory']) {
      const box = await panel.locator(`.chart.${chart} .u-over`).boundingBox()
      await frontend.mouse.move(x + width / 4, (box?.y ?? 0) + 20)
      const cursors = panel.locator('.u-cursor-x')
      await expect(cursors).toHaveCount(2)
      const lefts = async () =>
        Promise.all([0, 1].map(async i => Math.round((await cursors.nth(i).boundingBox())?.x ?? 0)))
      await expect.poll(async () => new Set(await lefts()).size).toBe(1)
      expect(Math.abs(((await lefts())[0] ?? 0) - x - width / 4)).toBeLessThan(2)
      await expect(panel.locator('.readout').first()).toHaveText(/^[\d.]+\ss$/)
    }
  })

  await test.step('keys', async () => {
    /** Seconds since the start of the session at a place of the plot. */
    const secondsAt = async (left: number): Promise<number> => {
      await frontend.mouse.move(x + width / 2, y + height / 2)
      await frontend.mouse.move(x + left, y + height / 2)
      return Number.parseFloat((await panel.locator('.readout').first().textContent()) ?? '')
    }
    const length = await secondsAt(width - 1)
    /** The share of the session before the left edge of the plot. */
    const leftEdge = async (): Promise<number> => (await secondsAt(1)) / length
    await panel.getByRole('region', { name: 'Charts' }).focus()
    for (let i = 0; i < 4; i++) await frontend.keyboard.press('+')
    await expect(follow).toBeVisible()
    await expect.poll(leftEdge).toBeGreaterThan(0.3)
    await frontend.keyboard.press('Home')
    await expect.poll(leftEdge).toBeLessThan(0.02)
    await frontend.keyboard.press('ArrowRight')
    await expect.poll(leftEdge).toBeGreaterThan(0.03)
    await frontend.keyboard.press('End')
    await expect.poll(leftEdge).toBeGreaterThan(0.7)
    await frontend.keyboard.press('0')
    await expect(follow).toBeHidden()
    await expect(statusOf(panel)).toHaveText(all)
  })

  await test.step('the zoomed range stays until Follow', async () => {
    const charts = panel.getByRole('region', { name: 'Charts' })
    // The start of the session: later operations are not in it.
    for (let i = 0; i < 7; i++) await charts.press('+')
    await charts.press('Home')
    await expect(statusOf(panel)).toHaveText(zoomed)
    // Wait until the statistics are those of this range. Those of the previous step match the pattern, too.
    await expect(charts).toHaveAttribute('aria-busy', 'false')
    const shown = /^\d+/.exec((await statusOf(panel).textContent()) ?? '')?.[0]
    await inspected.page.evaluate(() =>
      window.PerformanceMonitor.getInstance().trackOperation('later', () => Promise.resolve()),
    )
    await expect(statusOf(panel)).toHaveText(new RegExp(`^${shown} / ${COUNT + 1} operations`))
    await follow.click()
    await expect(statusOf(panel)).toHaveText(new RegExp(`^${COUNT + 1} operations`))
  })

  await test.step('on a screen with twice the pixels', async () => {
    await frontend.setViewportSize({ width: 1_600, height: 1_600 })
    await panel.getByRole('tab', { name: 'Timeline' }).click()
    const ratios = () =>
      panel
        .locator('canvas')
        .evaluateAll((canvases: HTMLCanvasElement[]) => canvases.map(canvas => canvas.width / canvas.clientWidth))
    await expect.poll(async () => (await ratios()).map(Math.round)).toEqual([1, 1, 1])
    const drawn = await pixelsOf(panel, 'durations', 'outcome-ok')
    // Zooming DevTools has the same effect as a screen with a higher density.
    for (const ratio of [1.1, 1.25, 1.5, 1.75, 2]) {
      await frontend.evaluate('InspectorFrontendHost.zoomIn()')
      await expect.poll(() => panel.evaluate(() => devicePixelRatio)).toBeCloseTo(ratio)
      await expect
        .poll(async () => Math.max(...(await ratios()).map(each => Math.abs(each - ratio))))
        .toBeLessThan(0.01)
    }
    // The docked panel has no space left for a plot by now. With more space it is drawn as before.
    await frontend.evaluate('InspectorFrontendHost.resetZoom()')
    await expect.poll(async () => (await ratios()).map(Math.round)).toEqual([1, 1, 1])
    await expect.poll(() => pixelsOf(panel, 'durations', 'outcome-ok')).toBeGreaterThan(drawn * 0.9)
  })

  await test.step('the scale of durations is kept', async () => {
    const scale = panel.getByRole('combobox', { name: 'Duration scale' })
    await expect(scale).toHaveValue('log')
    await scale.selectOption('linear')
    await reloadPanel(panel)
    await expect(scale).toHaveValue('linear')
  })
})

test('keeps the cursor under a resting pointer, and shows the time that moves there', async ({ inspected, demo }) => {
  await record(inspected, demo.url)
  const { frontend, panel } = inspected
  const { x, y, width, height } = await plotOf(panel)
  const readout = panel.locator('.readout').first()
  const seconds = async (): Promise<number> => Number.parseFloat((await readout.textContent()) ?? '')
  const expectLinesAt = async (share: number): Promise<void> => {
    for (const line of await panel.locator('.u-cursor-x').all()) {
      await expect.poll(async () => Math.abs(((await line.boundingBox())?.x ?? 0) - x - share * width)).toBeLessThan(2)
    }
  }

  const running = await inspected.page.evaluateHandle(() => {
    const abort = new AbortController()
    void fetch('/api/hang', { signal: abort.signal }).catch(() => undefined)
    return abort
  })
  await test.step('while the charts follow the session', async () => {
    await frontend.mouse.move(x + width / 2, y + height / 2)
    const before = await seconds()
    // The axis grows with the running request.
    await expect.poll(seconds).toBeGreaterThan(before + 0.5)
    await expectLinesAt(0.5)
  })

  await test.step('the axis ends with the last activity, and does not grow while nothing happens', async () => {
    await running.evaluate(abort => abort.abort())
    await expect(statusOf(panel)).toContainText('1 cancelled')
    await expect(async () => {
      const idle = await exportWhen(
        inspected,
        session => (session.memory.at(-1)?.time ?? 0) > shownSpan(session).to + 2_000,
      )
      // The export has moved the pointer.
      await frontend.mouse.move(x + width / 2, y + height / 2)
      const { from, to } = shownSpan(idle)
      await expect.poll(async () => Math.abs((await seconds()) - (to - from) / 2_000)).toBeLessThan(0.02)
      // A busy machine adds long tasks, which are activity, too.
    }).toPass()
  })

  const session = await pause(inspected)
  const { from, to } = shownSpan(session)
  const span = (to - from) / 1000
  await frontend.mouse.move(x + width * 0.2, y + height / 2)
  await expect.poll(async () => Math.abs((await seconds()) - span * 0.2)).toBeLessThan(0.02)

  await test.step('after zooming by a drag', async () => {
    await frontend.mouse.down()
    await frontend.mouse.move(x + width * 0.4, y + height / 2, { steps: 3 })
    await frontend.mouse.up()
    await expect.poll(async () => Math.abs((await seconds()) - span * (0.2 + 0.2 * 0.4))).toBeLessThan(0.02)
    await expectLinesAt(0.4)
  })

  await test.step('after panning by the wheel', async () => {
    await frontend.mouse.wheel(width / 4, 0)
    await expect.poll(async () => Math.abs((await seconds()) - span * (0.25 + 0.2 * 0.4))).toBeLessThan(0.02)
    await expectLinesAt(0.4)
  })
})

/** Runs operations of three kinds and all outcomes, a snapshot and a long task. A pause at the end stops the charts. */
async function recordEach(inspected: InspectedPage, url: string): Promise<SessionFile> {
  const { page } = inspected
  await page.goto(`${url}/empty`)
  await page.evaluate(async () => {
    const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
    const monitor = window.PerformanceMonitor.getInstance()
    await fetch('/api/users?ms=40')
    await wait(150)
    await new Promise(resolve => {
      const request = new XMLHttpRequest()
      request.onload = resolve
      request.open('GET', '/api/users/1?ms=40')
      request.send()
    })
    await wait(150)
    await monitor.trackOperation('custom', () => wait(40))
    await wait(150)
    await monitor.trackOperation('broken', () => wait(40).then(() => Promise.reject(new Error('no')))).catch(() => {})
    await wait(150)
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 200)
    await fetch('/api/hang', { signal: abort.signal }).catch(() => {})
    window.MemoryMonitor.getInstance().takeSnapshot('here')
    const start = performance.now()
    while (performance.now() < start + 150);
    void fetch('/api/hang').catch(() => {})
  })
  await exportWhen(
    inspected,
    // The last operation has been running for more than a second, which determines the end of the scale.
    ({ operations, marks, memory }) =>
      operations.length === 6 &&
      marks.some(({ type }) => type === 'long-task') &&
      (memory.at(-1)?.time ?? 0) - (operations.at(-1)?.startTime ?? 0) > 1_000,
  )
  return pause(inspected)
}

test('draws operations at their start and duration, and other events', async ({ inspected, demo }) => {
  const { frontend, panel } = inspected
  await frontend.setViewportSize({ width: 1_600, height: 900 })
  const session = await recordEach(inspected, demo.url)

  for (const color of ['outcome-ok', 'outcome-failed', 'outcome-cancelled', 'chart-gap'])
    expect(await pixelsOf(panel, 'durations', color), color).toBeGreaterThan(2)
  for (const color of ['chart-used', 'chart-snapshot', 'chart-long-task', 'chart-mark'])
    expect(await pixelsOf(panel, 'memory', color), color).toBeGreaterThan(2)

  const { x, y, width, height } = await plotOf(panel)
  const { from, to } = shownSpan(session)
  /** On a scale from 0.1 ms to 10 s. */
  const placeOf = ({ startTime, duration = 0 }: SessionOperation) => ({
    left: ((startTime - from) / (to - from)) * width,
    top: height * (1 - Math.log10(duration / 0.1) / 5),
  })
  const named = (name: string) => session.operations.findLast(each => each.operationName === name)
  const tooltip = panel.locator('.chart-tooltip')
  for (const [name, text] of [
    ['GET /api/users', 'ok · 200 · fetch'],
    ['GET /api/users/1', 'ok · 200 · xhr'],
    ['custom', 'ok · custom'],
  ] as const) {
    const { left, top } = placeOf(named(name) as SessionOperation)
    await frontend.mouse.move(x + left, y + top)
    await expect(tooltip).toContainText(name)
    await expect(tooltip).toContainText(text)
    const ring = await panel.locator('.hover-ring').boundingBox()
    expect(Math.abs((ring?.x ?? 0) + 7.5 - x - left)).toBeLessThan(2)
    expect(Math.abs((ring?.y ?? 0) + 7.5 - y - top)).toBeLessThan(2)
    expect(await isDrawn(panel, left, top)).toBe(true)
  }
  await frontend.mouse.down()
  await frontend.mouse.up()
  await expect(panel.getByRole('complementary', { name: 'Details' })).toContainText('custom')
  const custom = placeOf(named('custom') as SessionOperation)
  const [ring, line] = [
    await panel.locator('.selected-ring').boundingBox(),
    await panel.locator('.selected-line').boundingBox(),
  ]
  expect(Math.abs((ring?.x ?? 0) + 7 - x - custom.left)).toBeLessThan(2)
  expect(Math.abs((ring?.y ?? 0) + 7 - y - custom.top)).toBeLessThan(2)
  expect(Math.abs((line?.x ?? 0) - x - custom.left)).toBeLessThan(2)
  // Out of view with its operation, and gone with the selection.
  await panel.getByRole('region', { name: 'Charts' }).focus()
  for (const key of ['+', '+', custom.left > width / 2 ? 'Home' : 'End']) await frontend.keyboard.press(key)
  await expect(panel.locator('.selected-ring')).toBeHidden()
  await frontend.keyboard.press('0')
  await expect(panel.locator('.selected-ring')).toBeVisible()
  await panel.getByRole('button', { name: 'Close details' }).click()
  await expect(panel.locator('.selected-ring')).toBeHidden()
  await expect(panel.locator('.selected-line')).toBeHidden()

  // Only the panel knows the duration so far of the running operation: search for it above its start.
  const { left } = placeOf(named('GET /api/hang') as SessionOperation)
  await expect
    .poll(async () => {
      for (let top = 0; top < height; top += 5) {
        await frontend.mouse.move(x + left, y + top)
        if ((await tooltip.count()) > 0 && (await tooltip.textContent())?.includes('running')) return true
      }
      return false
    })
    .toBe(true)

  const busy = session.marks.filter(mark => mark.type === 'long-task')
  expect(busy.some(({ duration }) => duration >= 149)).toBe(true)
})

test('draws quantile lines below the points', async ({ inspected, demo }) => {
  const { frontend, panel } = inspected
  await frontend.setViewportSize({ width: 1_400, height: 900 })
  await record(inspected, demo.url)
  const recorded = await pause(inspected)
  const begin = Date.parse(recorded.createdAt)
  const [step] = recorded.operations
  /** Opens operations of equal duration: all of them are on both lines, or too far apart for a line. */
  const open = async (name: string, apart: number): Promise<void> => {
    const operations = Array.from({ length: 7 }, (_, i) => {
      const startTime = begin + 500 + i * apart
      return { ...step, id: String(i), startTime, endTime: startTime + 32, duration: 32 }
    })
    const memory = recorded.memory.map((sample, i) => ({ ...sample, time: begin + i * 10 }))
    // The same time axis for both.
    const snapshots = [{ label: 'end', time: begin + 9_900, documentId: step?.documentId }]
    const content = JSON.stringify({
      ...recorded,
      operations,
      networkRequests: [],
      memory,
      snapshots,
      gaps: [],
      marks: [],
    })
    await panel
      .getByLabel('Session files')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
    await expect(panel.getByText(`${name} · recorded`)).toBeVisible()
    await expect(statusOf(panel)).toContainText('7 operations')
    await expect(panel.getByRole('button', { name: 'Export', exact: true })).toBeEnabled()
  }
  const points = () => pixelsOf(panel, 'durations', 'outcome-ok')
  const lines = () => pixelsOf(panel, 'durations', 'chart-quantile')
  await open('alone.json', 1_350)
  // Wait for the complete chart: while it loads, it spans less.
  await expect.poll(async () => [(await points()) > 7 * 8, await lines()]).toEqual([true, 0])
  const alone = await points()
  await open('lines.json', 200)
  await expect.poll(lines).toBeGreaterThan(10)
  // Points are slightly transparent, and show a bit of the lines below.
  await expect.poll(points).toBeGreaterThan(alone * 0.6)
})
