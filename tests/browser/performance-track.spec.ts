// Test (real Chromium, real DevTools): operations as a track in a recording that Chrome's own Performance panel makes.
import { recordInPerformancePanel } from '../../scripts/devtools-readers.ts'
import { expect, exportWhen, test } from './shared-tab-test.ts'

test('shows operations in a recording of the Performance panel, and leaves nothing in the page', async ({
  inspected,
  chromium,
  demo,
}) => {
  const { page, panel, frontend } = inspected
  await frontend.setViewportSize({ width: 1_200, height: 800 })
  await page.goto(`${demo.url}/empty`)
  await panel.getByRole('button', { name: 'Settings' }).click()
  await panel.getByRole('checkbox', { name: /recordings of the Performance panel/ }).check()
  await frontend.keyboard.press('Escape')
  await page.evaluate(async () => {
    const monitor = window.PerformanceMonitor.getInstance()
    await monitor.trackOperation('over before', async () => 1)
    void monitor.trackOperation('in flight', () => new Promise(resolve => Object.assign(window, { finish: resolve })))
  })
  await exportWhen(inspected, ({ operations }) => operations.length === 2)

  const names = ['in flight', '"quoted"\n', 'failed', 'GET /api/users/7']
  const { entries } = await recordInPerformancePanel(frontend, async () => {
    // While DevTools record they show no other panel: what ours has reported is seen at its call only.
    await panel.evaluate(() => {
      const { inspectedWindow } = chrome.devtools
      const reports: string[] = []
      const { eval: original } = inspectedWindow
      inspectedWindow.eval = ((expression: string, ...rest: []) => {
        reports.push(expression)
        return original.call(inspectedWindow, expression, ...rest)
      }) as typeof original
      Object.assign(window, { reports })
    })
    await page.evaluate(async () => {
      const monitor = window.PerformanceMonitor.getInstance()
      ;(window as unknown as { finish(): void }).finish()
      await monitor.trackOperation('"quoted"\n', () => new Promise(resolve => setTimeout(resolve, 20)))
      await monitor.trackOperation('failed', () => Promise.reject(new Error('no'))).catch(() => undefined)
      await (await fetch('/api/users/7')).text()
    })
    const reports = () => panel.evaluate(() => (window as unknown as { reports: string[] }).reports.join('\n'))
    for (const name of names) await expect.poll(reports).toContain(JSON.stringify(name))
  })
  await chromium.devtoolsFor(page)
  const { operations } = await exportWhen(inspected, session => session.operations.length === 5)
  const expected = operations.filter(({ operationName }) => operationName !== 'over before')
  const shown = new Map(entries.map(entry => [entry.name, entry]))
  expect([...shown.keys()].sort()).toEqual([...names].sort())
  for (const { operationName, kind, outcome, duration = Number.NaN } of expected) {
    const found = shown.get(operationName)
    const color = outcome === 'failed' ? 'error' : 'primary'
    expect(found).toMatchObject({ group: 'Perf', track: kind, color })
    expect(Math.abs((found?.duration ?? 0) / 1_000 - duration)).toBeLessThan(0.01)
  }
  expect(
    await page.evaluate(() => ['measure', 'mark'].flatMap(type => performance.getEntriesByType(type).map(String))),
  ).toEqual([])
})
