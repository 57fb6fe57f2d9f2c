// Test (real Chromium, real DevTools): operations are sent to a collector on this machine, which a server plays here.
import { killWorker } from '../../bench/torture/kill-worker.ts'
import { startCollector } from '../support/fake-collector.ts'
import { expect, rowsOf, test } from './shared-tab-test.ts'

const REQUESTS = 5

test('sends each operation to the collector in the settings, also when the worker is killed', async ({
  chromium,
  inspected,
  demo,
}) => {
  const { page, panel, frontend } = inspected
  const [collector, other] = [await startCollector(), await startCollector()]
  try {
    await frontend.setViewportSize({ width: 1_200, height: 900 })
    await page.goto(`${demo.url}/empty`)
    await page.evaluate(async count => {
      for (let i = 0; i < count; i++) await (await fetch(`/api/users/${i}`)).text()
      await window.PerformanceMonitor.getInstance().trackOperation('checkout', async () => 1)
    }, REQUESTS)
    await expect(rowsOf(panel)).toHaveCount(REQUESTS + 1)

    await panel.getByRole('button', { name: 'Settings' }).click()
    const field = panel.getByRole('textbox', { name: /collector on this machine/ })
    await field.fill('https://collector.example')
    await frontend.keyboard.press('Tab')
    expect(await field.evaluate(input => (input as HTMLInputElement).validationMessage)).toContain('on this machine')
    collector.state.isSilent = true
    await field.fill(collector.otherOrigin)
    await frontend.keyboard.press('Tab')

    // The worker is killed before it has an answer to its first message, so the next one has to send that again.
    const ids = () => collector.state.spans.map(({ spanId }) => spanId)
    await expect.poll(ids).not.toEqual([])
    const unanswered = ids()
    collector.state.isSilent = false
    await killWorker(chromium)
    // The session is a span too.
    await expect.poll(() => new Set(ids()).size).toBe(REQUESTS + 2)
    const sent = panel.getByRole('status').filter({ hasText: 'of this session sent' })
    await expect(sent).toHaveText(`${REQUESTS + 1} operations of this session sent.`)
    await expect.poll(() => collector.state.histograms).toBe(REQUESTS + 1)
    const again = ids().slice(unanswered.length)
    expect(again.toSorted()).toEqual([...new Set(ids())].toSorted())

    const span = collector.state.spans.find(({ name }) => name === 'GET /api/users/:id')
    const attributes = Object.fromEntries(
      span?.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]) ?? [],
    )
    expect(attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.response.status_code': '200',
      'server.address': '127.0.0.1',
      'network.protocol.name': 'http',
    })

    // What comes now is sent to another address only.
    await field.fill(other.url)
    await frontend.keyboard.press('Tab')
    await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('pay', async () => 1))
    await expect.poll(() => other.state.spans.map(({ name }) => name)).toEqual(['pay'])
    expect(ids()).toEqual([...unanswered, ...again])
  } finally {
    await collector.close()
    await other.close()
  }
})
