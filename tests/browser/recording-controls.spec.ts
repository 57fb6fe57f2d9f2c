// Test (real Chromium, real DevTools): Record, Clear and Keep log.
import { expect, exportSession, exportWhen, rowsOf, succeeded, test, track } from './shared-tab-test.ts'

test('pausing records nothing, and says so', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  const record = panel.getByRole('button', { name: 'Record' })
  await track(page, 'before')
  const running = page.evaluate(() => {
    const finish = new Promise(resolve => addEventListener('finish', resolve))
    return window.PerformanceMonitor.getInstance().trackOperation('runs', () => finish.then(() => 1))
  })
  await expect(rowsOf(panel)).toHaveCount(2)
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'false')
  await page.evaluate(() => dispatchEvent(new Event('finish')))
  await running
  // More than the monitor keeps. It keeps the ends of operations that were reported as running.
  await page.evaluate(async () => {
    const monitor = window.PerformanceMonitor.getInstance()
    for (let i = 0; i < 12_000; i++) await monitor.trackOperation('paused', async () => 1)
  })
  await record.click()
  await expect(record).toHaveAttribute('aria-pressed', 'true')
  await track(page, 'after')
  const session = await exportWhen(inspected, found => succeeded(found) >= 3)
  expect(session.operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
    ['before', 'ok'],
    ['runs', 'ok'],
    ['after', 'ok'],
  ])
  expect(session.gaps).toMatchObject([{ reason: 'paused' }])
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(rowsOf(panel)).toHaveCount(0)
  await track(page, 'cleared')
  await expect(rowsOf(panel)).toHaveCount(1)
})

test('Clear leaves what runs: it is listed still, requests once DevTools says that they run', async ({
  inspected,
  demo,
}) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(() => {
    const monitor = window.PerformanceMonitor.getInstance()
    const finish = new AbortController()
    addEventListener('finish', () => finish.abort())
    const finished = new Promise(resolve => finish.signal.addEventListener('abort', resolve))
    void monitor.trackOperation('over', async () => 1)
    void monitor.trackOperation('runs', () => finished, { cart: 3 })
    fetch('/api/slow?ms=60000', { method: 'POST', signal: finish.signal }).catch(() => undefined)
    // Its body is not read yet, so only DevTools reports its end.
    void fetch('/api/users/1').then(response => Object.assign(window, { response }))
  })
  await expect(rowsOf(panel)).toHaveCount(4)
  await expect(rowsOf(panel).filter({ hasText: '/api/users/1' })).toHaveAttribute('data-outcome', 'ok')
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(rowsOf(panel)).toHaveCount(2)
  const running = await exportSession(inspected)
  expect(running.operations.map(({ outcome }) => outcome)).toEqual(['pending', 'pending'])
  const idOfRuns = running.operations.find(({ operationName }) => operationName === 'runs')?.id
  await page.evaluate(() => dispatchEvent(new Event('finish')))
  const session = await exportWhen(
    inspected,
    ({ operations }) => operations.length > 1 && operations.every(({ outcome }) => outcome !== 'pending'),
  )
  const byName = session.operations.toSorted((a, b) => a.operationName.localeCompare(b.operationName))
  expect(byName).toMatchObject([
    { operationName: 'POST /api/slow', kind: 'fetch', outcome: 'cancelled' },
    { operationName: 'runs', kind: 'custom', outcome: 'ok', metadata: { cart: 3 } },
  ])
  expect(byName[1]?.id).toBe(idOfRuns)

  // It was listed before Clear, and is no more when its body ends.
  await page.evaluate(() => (window as unknown as { response: Response }).response.text())
  const entry = () => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/users/1'))
  await expect.poll(() => page.evaluate(entry)).toBe(true)
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('later', async () => 1))
  const later = await exportWhen(inspected, ({ operations }) =>
    operations.some(({ kind, operationName }) => kind === 'custom' && operationName === 'later'),
  )
  expect(later.operations.map(({ operationName }) => operationName).sort()).toEqual(['POST /api/slow', 'later', 'runs'])
})

test('without "Keep log" a navigation starts anew', async ({ inspected, demo }) => {
  const { page, panel } = inspected
  await page.goto(`${demo.url}/empty?1`)
  await track(page, 'first')
  await page.goto(`${demo.url}/empty?2`)
  await track(page, 'second')
  await expect(rowsOf(panel)).toHaveCount(2)
  await panel.getByRole('checkbox', { name: 'Keep log' }).uncheck()
  // A session that Clear has made ends with the page that it was made on, too.
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(rowsOf(panel)).toHaveCount(0)
  await track(page, 'cleared')
  await expect(rowsOf(panel)).toHaveCount(1)
  await page.goto(`${demo.url}/empty?3`)
  await track(page, 'third')
  const session = await exportWhen(inspected, ({ operations }) =>
    operations.some(({ operationName }) => operationName === 'third'),
  )
  expect(session.operations.map(({ operationName }) => operationName)).toEqual(['third'])
  const navigations = session.marks.filter(mark => mark.type === 'navigation')
  expect(navigations.map(({ url }) => url)).toEqual([`${demo.url}/empty?3`])
})
