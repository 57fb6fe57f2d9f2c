// Test (real Chromium, real DevTools): the way that a user walks.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { createFormatters } from '../../model/text/formatters.ts'
import { recordSession } from '../../scripts/record-session.ts'
import type { SessionFile } from '../../session/format.ts'
import { test as testAlone } from './perf-test.ts'
import { schemaErrors } from './session-schema.ts'
import { expect, exportWhen, rowsOf, test } from './shared-tab-test.ts'

test('lists and exports exactly what the page did', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(async () => {
    await fetch('/api/users')
    // An HTTP error fulfils the promise.
    const { status } = await fetch('/api/status/500')
    if (status !== 500) throw new Error(`status ${status}`)
    await fetch('/api/reset').catch(() => undefined)
    const abort = new AbortController()
    const hanging = fetch('/api/hang', { signal: abort.signal }).catch((error: Error) => error.name)
    setTimeout(() => abort.abort(), 50)
    if ((await hanging) !== 'AbortError') throw new Error('not aborted')
    const monitor = window.PerformanceMonitor.getInstance()
    await monitor.trackOperation('checkout', () => new Promise(resolve => setTimeout(resolve, 30)), { cart: 3 })
    await monitor
      .trackOperation('pay', async () => {
        throw new RangeError('no money')
      })
      .catch(() => undefined)
  })

  const outcomes = [
    'GET /api/hang cancelled',
    'GET /api/reset failed',
    'GET /api/status/500 failed',
    'GET /api/users ok',
  ]
  const expected = [...outcomes, 'checkout ok', 'pay failed']
  const session = await exportWhen(
    inspected,
    ({ operations }) => operations.length === 6 && operations.every(({ outcome }) => outcome !== 'pending'),
  )
  expect(schemaErrors(session)).toEqual([])
  expect(session.operations.map(({ operationName, outcome }) => `${operationName} ${outcome}`).sort()).toEqual(expected)

  const byName = new Map(session.operations.map(operation => [operation.operationName, operation]))
  expect(byName.get('GET /api/status/500')).toMatchObject({ success: false, http: { method: 'GET', status: 500 } })
  expect(byName.get('GET /api/users')).toMatchObject({ success: true, kind: 'fetch', http: { status: 200 } })
  expect(byName.get('checkout')).toMatchObject({ kind: 'custom', metadata: { cart: 3 } })
  expect(byName.get('checkout')?.duration).toBeGreaterThanOrEqual(29)
  expect(byName.get('GET /api/hang')?.duration).toBeGreaterThanOrEqual(49)
  expect(byName.get('pay')?.error).toMatchObject({ name: 'RangeError', message: 'no money' })
  for (const { startTime, endTime, duration } of session.operations) {
    expect((endTime as number) - startTime).toBeCloseTo(duration as number, 2)
  }
  expect(session.page).toMatchObject({ url: `${demo.url}/empty` })

  await expect(rowsOf(panel)).toHaveCount(6)
  const rows = await rowsOf(panel).evaluateAll(found =>
    found.map(row => `${row.querySelector('[role=gridcell]')?.textContent} ${row.getAttribute('data-outcome')}`),
  )
  expect(rows.sort()).toEqual(expected)
  await expect(rowsOf(panel).filter({ hasText: '/api/status/500' })).toContainText('500')
})

test('draws the memory that the export holds', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => window.MemoryMonitor.getInstance().takeSnapshot('start'))
  const session = await exportWhen(inspected, ({ memory, snapshots }) => memory.length >= 3 && snapshots.length === 1)
  expect(session.availability.memory).toBe('performance.memory')
  expect(session.snapshots[0]).toMatchObject({ label: 'start' })
  for (const sample of session.memory) {
    expect(sample.usedJSHeapSize).toBeGreaterThan(0)
    expect(sample.totalJSHeapSize).toBeGreaterThanOrEqual(sample.usedJSHeapSize)
  }
  const chart = panel.getByRole('img', { name: /memory/i })
  await expect(chart).toBeVisible()
  // What that cost the page is shown too.
  expect(session.metrics.overheadMs).toBeGreaterThanOrEqual(0)
  await expect(panel.getByText(/monitor overhead [\d.,]+\s?%/).first()).toBeVisible()
})

testAlone('says that memory is not available, and never 0, where the API is missing', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.addInitScript(() => {
    Reflect.deleteProperty(Performance.prototype, 'memory')
  })
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => window.MemoryMonitor.getInstance().takeSnapshot('start'))
  const session = await exportWhen(inspected, ({ snapshots }) => snapshots.length === 1)
  expect(session.availability.memory).toBe('not available')
  expect(session.memory).toEqual([])
  expect(session.snapshots[0]).not.toHaveProperty('usedBytes')
  await expect(panel.getByText(/memory.*not available/i).first()).toBeVisible()
})

test('after Clear the page is said to be recorded, as it is', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => fetch('/api/users'))
  await expect(rowsOf(panel)).toHaveCount(1)
  const titles = await panel.evaluateHandle(() => {
    const seen = new Set<string>()
    const look = () => seen.add(document.querySelector('.notice h2')?.textContent ?? '')
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
    return seen
  })
  await panel.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(panel.getByRole('heading', { name: 'Recording operations' })).toBeVisible()
  await page.evaluate(() => fetch('/api/users'))
  await expect(rowsOf(panel)).toHaveCount(1)
  expect(await titles.evaluate(seen => [...seen].sort())).toEqual(['', 'Recording operations'])
})

/** A part of a picture, in CSS pixels. */
interface Clip {
  x: number
  y: number
  width: number
  height: number
}

/** The colours of a part of a picture, each row of pixels from left to right. Decoded by the browser. */
async function pixelsOf(page: Page, png: Buffer, { x, y, width, height }: Clip): Promise<number[]> {
  return page.evaluate(
    async ([url, x, y, width, height]) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob())
      const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D
      context.drawImage(bitmap, -x, -y)
      return [...context.getImageData(0, 0, width, height).data]
    },
    [`data:image/png;base64,${png.toString('base64')}`, x, y, width, height] as const,
  )
}

test('the file and the picture of a headless recording are of one moment, while the page goes on', async ({
  inspected,
  demo,
}, testInfo) => {
  const { page, panel, frontend } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    const monitor = window.PerformanceMonitor.getInstance()
    let made = 0
    setInterval(() => void monitor.trackOperation(`operation ${++made}`, () => Promise.resolve()), 5)
  })
  await expect(rowsOf(panel)).not.toHaveCount(0)
  await recordSession(inspected, { seconds: 0.5, outDir: testInfo.outputDir })

  const session = JSON.parse(await readFile(join(testInfo.outputDir, 'session.json'), 'utf8')) as SessionFile
  const status = panel.locator('.status-bar > [aria-hidden]')
  const { count } = createFormatters(await panel.evaluate(() => navigator.language))
  await expect(status).toContainText(count(session.operations.length, 'operation'))
  // The panel stands still, so what it shows now is what the picture shows.
  const picture = await readFile(join(testInfo.outputDir, 'panel.png'))
  const place = (await status.boundingBox()) as Clip
  const clip = {
    x: Math.floor(place.x),
    y: Math.floor(place.y),
    width: Math.floor(place.width),
    height: Math.floor(place.height),
  }
  expect(await pixelsOf(page, picture, clip)).toEqual(await pixelsOf(page, await frontend.screenshot(), clip))
})
