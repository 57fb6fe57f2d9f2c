// Test (real Chromium, real DevTools): what a page gives to be shown: endless, throwing, or markup.
import { expectUnharmed, openHostilePage, resultOf } from './hostile/hostile-page.ts'
import { expect, exportWhen, rowsOf, test } from './shared-tab-test.ts'

/** Characters: ten MB and more of text in each place. */
const HUGE = 10_000_000
/** Characters of an export without its operations: each text in it is cut. */
const MAX_EXPORT = 1_000_000

test('getters, proxies and errors that throw do so nowhere', async ({ inspected, demo }) => {
  const attack = `
    const no = () => { throw new Error('no') }
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const circular = { list: [] }
    circular.list.push(circular)
    const values = [
      { get secret() { return no() } }, new Proxy({}, { get: no, ownKeys: no, getOwnPropertyDescriptor: no, getPrototypeOf: no }),
      revoked.proxy, circular, { toJSON: no, toString: no, valueOf: no, [Symbol.toPrimitive]: no }, { n: 5n, f: no, s: Symbol('s') },
      new (class { get [Symbol.toStringTag]() { return no() } }), Object.defineProperty(new Error('e'), 'stack', { get: no }),
      Object.defineProperty(new Error('e'), 'message', { get: no }), new Proxy(new Map([[1, 2]]), {}), null, 5, 'text', document, window,
    ]
    const done = []
    for (const value of values) {
      done.push(monitor.trackOperation('metadata', async () => {}, value))
      done.push(monitor.trackOperation('rejected', async () => { throw value }).catch(() => {}))
      try { done.push(monitor.trackOperation(value, async () => {})) } catch { done.push('threw') }
    }
    Promise.all(done).then(all => result(all.filter(each => each === 'threw').length + ' threw'))`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('0 threw')
  const { operations } = await expectUnharmed(inspected)
  const named = (name: string) => operations.filter(({ operationName }) => operationName === name)
  expect(named('metadata')).toHaveLength(15)
  expect(named('rejected').map(({ outcome }) => outcome)).toEqual(Array(15).fill('failed'))
})

test('ten megabytes of each text are cut', async ({ inspected, demo }) => {
  const attack = `
    const huge = 'x'.repeat(${HUGE})
    document.title = huge
    history.replaceState(null, '', '#' + 'y'.repeat(1_000_000))
    const ignore = () => {}
    monitor.trackOperation(huge, async () => {}, { huge, list: Array(1000).fill(huge), [huge]: huge })
    monitor.trackOperation('error', async () => { throw new Error(huge) }).catch(ignore)
    MemoryMonitor.getInstance().takeSnapshot(huge)
    fetch('/?' + huge).catch(ignore)
    fetch('data:text/plain,' + huge).catch(ignore)
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/?' + huge)
    xhr.onloadend = () => result('')
    try { xhr.send() } catch {}
    try { new WebSocket('ws://' + location.host + '/?' + huge.slice(0, 1_000_000)) } catch {}
    navigator.sendBeacon('/?' + huge)`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('')
  await expectUnharmed(inspected)
  const session = await exportWhen(inspected, ({ operations }) => operations.length >= 8)
  for (const [list, rows] of Object.entries(session)) {
    for (const row of Array.isArray(rows) ? rows : [])
      expect([list, JSON.stringify(row).length < 1_200_000]).toEqual([list, true])
  }
  expect(session.page.title.length).toBeLessThanOrEqual(1_000)
  expect(JSON.stringify({ ...session, operations: [] }).length).toBeLessThan(MAX_EXPORT)
})

test('text is well-formed wherever it was cut, and where the page gave half an emoji', async ({ inspected, demo }) => {
  // A bound of any length lies within an emoji of one of the two.
  const attack = `
    const texts = ['😀'.repeat(15_000), 'x' + '😀'.repeat(15_000), 'half \\ud83d of one', '\\ude00']
    const ignore = () => {}
    history.replaceState(null, '', '#' + texts[1])
    const done = texts.flatMap(text => {
      document.title = text
      MemoryMonitor.getInstance().takeSnapshot(text)
      const error = Object.assign(new Error(text), { stack: text })
      return [
        monitor.trackOperation(text, async () => {}, { text, list: [text], [text]: new Map([[text, text]]) }),
        monitor.trackOperation('error', async () => { throw error }).catch(ignore),
        monitor.trackOperation('thrown', async () => { throw text }).catch(ignore),
        fetch('/?' + text).catch(ignore),
        fetch('/' + text).catch(ignore),
        fetch('data:text/plain,' + text).catch(ignore),
        fetch('http://' + text).catch(ignore),
        new Promise(ended => { new WebSocket('ws://' + location.host + '/' + text.slice(0, 1_001)).onclose = ended }),
      ]
    })
    Promise.all(done).then(() => result(''))`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('')
  const session = await expectUnharmed(inspected)
  expect(session.operations.length).toBeGreaterThanOrEqual(28)
  const halves = JSON.stringify(session).match(/.{0,40}\\ud[89a-f]..{0,40}/g)
  // JSON.stringify writes half of a surrogate pair as an escape, and whole characters as they are.
  expect(halves).toBeNull()
  const shown = await inspected.panel.locator('body').textContent()
  expect(shown).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/)
})

test('operations whose metadata is too much for one message are sent without', async ({ inspected, demo }) => {
  const attack = `
    const metadata = Array.from({ length: 400 }, (_, i) => String(i).padStart(2_000, '.'))
    for (let i = 0; i < 200; i++) void monitor.trackOperation('heavy', async () => {}, metadata)
    Promise.resolve().then(() => result(''))`
  await openHostilePage(inspected, demo, attack)
  await expectUnharmed(inspected)
  await exportWhen(inspected, ({ operations, gaps }) => {
    const stored = operations.filter(({ operationName }) => operationName === 'heavy').length
    return stored + gaps.reduce((sum, { count = 0 }) => sum + count, 0) === 200
  })
})

test('markup is text, wherever it stands', async ({ inspected, demo }) => {
  const attack = `
    const markup = '<img src=x onerror="top.pwned = 1"><script>top.pwned = 1<' + '/script><b>bold</b>'
    document.title = markup
    const failed = new Error(markup)
    failed.name = markup
    failed.stack = markup
    monitor.trackOperation(markup, async () => { throw failed }, { [markup]: markup, url: 'javascript:top.pwned=1' }).catch(() => {})
    MemoryMonitor.getInstance().takeSnapshot(markup)
    fetch('/' + markup).then(() => result(''))`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('')
  const { panel, frontend } = inspected
  const before = await panel.evaluate(() => document.querySelectorAll('img, script, b, iframe, a').length)
  await frontend.setViewportSize({ width: 1200, height: 900 })
  const session = await expectUnharmed(inspected)
  expect(session.operations.some(({ error }) => error?.name.startsWith('<img'))).toBe(true)
  const row = rowsOf(panel).filter({ hasText: '<img src=x' }).first()
  await row.click()
  await expect(panel.getByText('javascript:top.pwned=1').first()).toBeVisible()
  expect(await panel.evaluate(() => document.querySelectorAll('img, script, b, iframe').length)).toBe(before)
  for (const world of [panel, frontend]) expect(await world.evaluate(() => 'pwned' in window)).toBe(false)
})
