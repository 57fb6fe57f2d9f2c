// Test (real Chromium, real DevTools): tooltips of events in the charts, and the reasons of losses.
import { Buffer } from 'node:buffer'
import type { SessionFile } from '../../session/format.ts'
import { expect, exportWhen, test } from './shared-tab-test.ts'
import { shownSpan } from './workload.ts'

const LONG_LABEL = 'the cart after the customer has added a second item and gone back to the list of what there is'

/** Ten seconds with every kind of event that the charts show. */
function eventful(session: SessionFile): SessionFile {
  const { createdAt, documents } = session
  const begin = Date.parse(createdAt)
  const documentId = documents[0]?.documentId ?? ''
  const at = (seconds: number): number => begin + seconds * 1_000
  return {
    ...session,
    operations: [],
    networkRequests: [],
    memory: Array.from({ length: 11 }, (_, second) => ({
      time: at(second),
      usedJSHeapSize: 20e6,
      totalJSHeapSize: 30e6,
      jsHeapSizeLimit: 4e9,
      source: 'performance.memory',
      documentId,
    })),
    snapshots: [
      { label: 'start', time: at(1), usedBytes: 8_000_000, documentId },
      { label: 'of unknown size', time: at(3), documentId },
      { label: LONG_LABEL, time: at(9.5), usedBytes: 20_000_000, documentId },
    ],
    marks: [
      { time: at(2), type: 'navigation', url: 'https://shop.example/cart', navigationType: 'reload', documentId },
      { time: at(4), type: 'long-task', duration: 152, documentId },
      { time: at(3), type: 'interaction', duration: 24, name: 'click', interactionId: 7, documentId },
      { time: at(3.5), type: 'visibility', duration: 0, name: 'hidden', documentId },
      { time: at(8.5), type: 'soft-navigation', duration: 0, name: 'https://shop.example/#/orders', documentId },
      { time: at(9), type: 'long-animation-frame', duration: 80, name: 'https://shop.example/app.js', documentId },
    ],
    gaps: [
      { startTime: at(5), endTime: at(6), reason: 'backpressure', count: 1_200, documentId },
      { startTime: at(6), endTime: at(6.5), reason: 'backpressure', count: 34, documentId },
      { startTime: at(7), endTime: at(8), reason: 'paused' },
      { startTime: at(7.5), endTime: at(7.6), reason: 'samples', count: 1, documentId },
    ],
  }
}

test('shows tooltips for snapshots, long tasks, navigations, page events and gaps, and the reasons of losses', async ({
  inspected,
  demo,
}) => {
  const { page, frontend, panel } = inspected
  await frontend.setViewportSize({ width: 1_400, height: 900 })
  await page.goto(`${demo.url}/empty`)
  const session = eventful(await exportWhen(inspected, ({ documents }) => documents.length > 0))
  await panel.getByLabel('Session files').setInputFiles({
    name: 'events.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(session)),
  })
  await expect(panel.getByText('events.json · recorded')).toBeVisible()
  const { from, to } = shownSpan(session)
  const tooltip = panel.locator('.event-tooltip')
  const hover = async (chart: 'durations' | 'memory', seconds: number): Promise<void> => {
    const plot = await panel.locator(`.chart.${chart} .u-over`).boundingBox()
    if (!plot) throw new Error('no chart')
    const left = ((Date.parse(session.createdAt) + seconds * 1_000 - from) / (to - from)) * plot.width
    await frontend.mouse.move(plot.x + left, plot.y + plot.height / 2)
  }
  const lines = async (): Promise<string[]> =>
    (await tooltip.locator('b, span').allTextContents()).map(text => text.replaceAll('\u00a0', ' '))

  await test.step('in the chart of memory', async () => {
    for (const [seconds, texts] of [
      [1, ['start', 'snapshot · 1.000 s · 8.00 MB used']],
      [2, ['https://shop.example/cart', 'navigation (reload) · 2.000 s']],
      [3, ['of unknown size', 'snapshot · 3.000 s · size unknown']],
      [4.1, ['Long task', 'from 4.000 s · 152 ms']],
      [5.5, ['Operations ended faster than they could be stored', '1,200 operations lost · 5.000 s – 6.000 s']],
      [
        7.55,
        [
          'Recording was paused',
          '7.000 s – 8.000 s',
          'Memory samples, snapshots or page events could not be stored in time',
          '1 sample lost · 7.500 s – 7.600 s',
        ],
      ],
      [9.5, [LONG_LABEL, 'snapshot · 9.500 s · 20.0 MB used']],
    ] as const) {
      await hover('memory', seconds)
      await expect.poll(lines).toEqual(texts)
    }
  })

  await test.step('two of a category in one place: the nearer one, and how many more', async () => {
    await hover('memory', 6.01)
    await expect(tooltip).toContainText('34 operations lost')
    await expect(tooltip).toContainText('and 1 more here')
  })

  await test.step('in the chart of durations, only its own events', async () => {
    await hover('durations', 4.1)
    await expect(tooltip).toHaveCount(0)
    await hover('durations', 2)
    await expect(tooltip).toContainText('navigation (reload)')
    for (const [seconds, texts] of [
      [3, ['Interaction: click', '3.000 s · 24.0 ms']],
      [3.5, ['Page hidden', '3.500 s']],
      [8.5, ['https://shop.example/#/orders', 'soft navigation · 8.500 s']],
      [9, ['Long animation frame', '9.000 s · 80.0 ms · https://shop.example/app.js']],
    ] as const) {
      await hover('durations', seconds)
      await expect.poll(lines).toEqual(texts)
    }
    await hover('durations', 7.2)
    await expect(tooltip).toContainText('Recording was paused')
  })

  await test.step('the tooltip follows the axis, and disappears with the pointer', async () => {
    await hover('memory', 1)
    await expect(tooltip).toContainText('start')
    await panel.getByRole('region', { name: 'Charts' }).press('+')
    await expect(tooltip).toHaveCount(0)
    await panel.getByRole('region', { name: 'Charts' }).press('0')
    await expect(tooltip).toContainText('start')
    await panel.locator('.toolbar').hover()
    await expect(tooltip).toHaveCount(0)
  })

  await test.step('the reasons of losses', async () => {
    const reasons =
      '1,234 operations lost: operations ended faster than they could be stored; ' +
      '1 sample lost: memory samples, snapshots or page events could not be stored in time'
    await expect(panel.locator('.status-bar').getByTitle(reasons)).toHaveText(/1,234 lost$/)
    await expect(panel.locator('.summary').getByTitle(reasons)).toHaveText(/^Lost1,234/)
    await expect(panel.getByRole('status')).toContainText(`1,234 lost (${reasons})`)
  })
})
