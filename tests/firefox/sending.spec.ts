// Test (real Firefox, its real DevTools): operations are sent to a collector on this machine, and the policy allows no other.
import { startCollector } from '../support/fake-collector.ts'
import { expect, test, track } from './firefox-test.ts'

test('sends to a collector on this machine, and to nobody else', async ({ firefox, panel }) => {
  const collector = await startCollector()
  const set = (settings: object) =>
    panel.run(`await browser.storage.local.set({ settings: ${JSON.stringify(settings)} })`)
  try {
    await set({ collector: collector.otherOrigin, collectorSince: Date.now() })
    await track(firefox, 'checkout')
    await expect.poll(() => collector.state.spans.map(({ name }) => name)).toContain('checkout')
    await expect.poll(() => collector.state.histograms).toBeGreaterThan(0)
    const elsewhere = `http://collector.localhost:${collector.port}`
    expect(await panel.run(`return fetch('${elsewhere}').then(() => 'sent', () => 'refused')`)).toBe('refused')
  } finally {
    await set({})
    await collector.close()
  }
})
