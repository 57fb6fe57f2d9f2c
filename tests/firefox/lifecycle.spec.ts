// Test (real Firefox, its real DevTools): when recording starts and ends, and what it outlives.
import { expect, isPatched, test, track } from './firefox-test.ts'

test('runs in the page as soon as DevTools is open, and leaves it alone when DevTools closes', async ({
  firefox,
  panel,
}) => {
  await firefox.closeDevtools()
  await expect.poll(() => isPatched(firefox)).toBe(false)
  expect(await firefox.inPage(`return Function.prototype.toString.call(fetch)`)).toContain('function fetch()')
  // The page was there before.
  await firefox.openDevtools()
  await expect.poll(() => isPatched(firefox)).toBe(true)
  await panel.reset()
  await track(firefox, 'again')
  await expect.poll(() => panel.groups()).toEqual([['again', '1', '']])
})

test('keeps the log over a reload', async ({ firefox, panel }) => {
  await track(firefox, 'before')
  await expect.poll(() => panel.groups()).toEqual([['before', '1', '']])
  await firefox.reload()
  await track(firefox, 'after')
  await expect
    .poll(() => panel.groups())
    .toEqual([
      ['after', '1', ''],
      ['before', '1', ''],
    ])
})

test('begins anew with a reload if the log is not kept', async ({ firefox, panel }) => {
  await panel.check('Keep log', false)
  await track(firefox, 'before')
  await expect.poll(() => panel.groups()).toEqual([['before', '1', '']])
  await firefox.reload()
  await track(firefox, 'after')
  await expect.poll(() => panel.groups()).toEqual([['after', '1', '']])
})

test('records what a page did just before it was left', async ({ firefox, panel, demo }) => {
  await firefox.inPage(`
    addEventListener('pagehide', () => void PerformanceMonitor.getInstance().trackOperation('last', () => 1))`)
  await firefox.goto(`${demo.url}/empty?next`)
  await expect.poll(() => panel.groups()).toEqual([['last', '1', '']])
})

test('marks navigations', async ({ firefox, panel, demo }) => {
  await firefox.goto(`${demo.url}/empty?marked`)
  const { marks } = await panel.exportWhen(session => session.marks.some(mark => mark.type === 'navigation'))
  expect(marks).toEqual(
    expect.arrayContaining([expect.objectContaining({ type: 'navigation', url: `${demo.url}/empty?marked` })]),
  )
})

test('records nothing while it is paused, and says so', async ({ firefox, panel }) => {
  await panel.click('Record')
  await expect.poll(() => panel.text()).toContain('Recording is paused')
  await track(firefox, 'unseen')
  await panel.click('Record')
  // The page learns of it a moment later.
  await expect
    .poll(async () => {
      await track(firefox, 'seen')
      return (await panel.groups()).map(([name]) => name)
    })
    .toEqual(['seen'])
  expect((await panel.exported()).gaps).toMatchObject([{ reason: 'paused' }])
})

test('clears the session', async ({ firefox, panel }) => {
  await track(firefox, 'gone')
  await expect.poll(() => panel.groups()).toEqual([['gone', '1', '']])
  await panel.click('Clear')
  await expect.poll(() => panel.groups()).toEqual([])
})

test('delivers what was recorded while the event page was suspended', async ({ firefox, panel }) => {
  await track(firefox, 'before')
  await firefox.suspendBackground()
  await track(firefox, 'while there was none')
  await expect
    .poll(() => panel.groups())
    .toEqual([
      ['before', '1', ''],
      ['while there was none', '1', ''],
    ])
  expect(await firefox.backgroundState()).toBe('running')
  expect((await panel.exported()).gaps).toEqual([])
})

test('obeys the toolbar after the event page was suspended', async ({ firefox, panel }) => {
  await firefox.suspendBackground()
  await panel.click('Record')
  await expect.poll(() => panel.text()).toContain('Recording is paused')
})

test('keeps the session and the settings when DevTools moves to another side', async ({ firefox, panel }) => {
  const threshold = `return find('label', 'Slow ≥ms').querySelector('input').value`
  await track(firefox, 'before')
  await expect.poll(() => panel.groups()).toEqual([['before', '1', '']])
  await panel.run(`
    const field = find('label', 'Slow ≥ms').querySelector('input')
    field.value = '77'
    field.dispatchEvent(new Event('change', { bubbles: true }))`)
  await expect
    .poll(() => panel.run(`return browser.storage.local.get('settings')`))
    .toMatchObject({
      settings: { slowThresholdMs: 77 },
    })
  try {
    for (const side of ['right', 'window'] as const) {
      await firefox.dock(side)
      await panel.ready()
      await expect.poll(() => panel.groups()).toContainEqual(['before', '1', ''])
      await expect.poll(() => panel.run(threshold)).toBe('77')
      await track(firefox, side)
      await expect.poll(() => panel.groups()).toContainEqual([side, '1', ''])
    }
  } finally {
    await firefox.dock('bottom')
    await panel.ready()
    await panel.run(`await browser.storage.local.set({ settings: {} })`)
  }
})

test('runs in no tab without DevTools', async ({ firefox, panel: _, demo }) => {
  await firefox.openTab()
  await firefox.goto(`${demo.url}/empty`)
  try {
    // The scripts come, hear that nobody inspects the tab, and go. The tab's first document may be replaced meanwhile.
    await expect.poll(() => isPatched(firefox).catch(() => undefined)).toBe(false)
  } finally {
    await firefox.closeTab()
  }
})

test('records in a container', async ({ firefox, panel, demo }) => {
  await firefox.closeDevtools()
  await firefox.openTab({ userContextId: 2 })
  try {
    await firefox.goto(`${demo.url}/empty`)
    await firefox.openDevtools()
    await panel.reset()
    await expect.poll(() => isPatched(firefox)).toBe(true)
    await track(firefox, 'in a container')
    await expect.poll(() => panel.groups()).toEqual([['in a container', '1', '']])
  } finally {
    await firefox.closeTab()
  }
})

test('does not run in private windows, as all that it stores is on the disk', async ({ firefox }) => {
  expect(await firefox.runsInPrivateWindows()).toBe(false)
})
