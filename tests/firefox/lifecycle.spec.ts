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

test('runs in no tab without DevTools', async ({ firefox, panel: _, demo }) => {
  await firefox.openTab()
  await firefox.goto(`${demo.url}/empty`)
  const patched = await isPatched(firefox)
  await firefox.closeTab()
  expect(patched).toBe(false)
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
