// Test (real Firefox, its real DevTools): the tab's views.
import type { FirefoxSession } from '../../scripts/firefox-session.ts'
import { expect, test, track } from './firefox-test.ts'

/** A list, and then a request for each of its items. */
const requestPerItem = (firefox: FirefoxSession): Promise<unknown> =>
  firefox.inPage(`
    await (await fetch('/api/users')).text()
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(id => fetch('/api/users/' + id + '?ms=90').then(response => response.text())))`)

test('lists single operations, and shows the details of the selected one', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/7?ms=20'); await fetch('/api/status/503')`)
  await panel.check('Group by name', false)
  await expect.poll(() => panel.rows()).toHaveLength(2)
  await panel.select('GET /api/status')
  await expect.poll(() => panel.text('[aria-label=Details]')).toMatch(/failed[\s\S]*503/)
  await panel.select('GET /api/users')
  await expect.poll(() => panel.text('[aria-label=Details]')).toMatch(/\/api\/users\/7\?ms=20[\s\S]*200/)
})

test('copies an operation as JSON and as a command of cURL', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/7')`)
  await panel.check('Group by name', false)
  await expect.poll(() => panel.rows()).toHaveLength(1)
  await panel.select('GET')
  // Firefox copies for a user alone: nothing else than a key or a click may write to the clipboard.
  for (const [name, content] of [
    ['JSON', '"operationName": "GET /api/users/'],
    ['cURL', "curl 'http://127.0.0.1:"],
  ] as const) {
    await panel.focus(`find('button', 'Copy as ${name}').closest('.popup-button').querySelector('button')`)
    await firefox.press('Enter')
    await panel.focus(`find('button', 'Copy as ${name}')`)
    await firefox.press('Enter')
    await expect.poll(() => panel.text('.details .copied')).toBe(`Copied as ${name}`)
    expect(await firefox.clipboard()).toContain(content)
  }
})

test('nests children below their parent in the Timeline', async ({ firefox, panel }) => {
  await firefox.inPage(
    `await PerformanceMonitor.getInstance().trackOperation('parent', operation => operation.trackOperation('child', async () => 1))`,
  )
  await expect.poll(() => panel.groups()).toHaveLength(2)
  await panel.tab('Timeline')
  const levels = `return all('[role=treegrid] .body [role=row]').map(row => [row.ariaLevel, cellsOf(row)[0]])`
  await expect
    .poll(() => panel.run(levels))
    .toEqual([
      ['1', expect.stringContaining('parent')],
      ['2', expect.stringContaining('child')],
    ])
})

test('shows state and counts of a WebSocket and an EventSource in Connections', async ({ firefox, panel, capture }) => {
  await firefox.goto(`${capture.url}/page`)
  await firefox.inPage(`
    window.socket = new WebSocket('ws://' + location.host + '/ws/echo?socket')
    await new Promise(resolve => { socket.onopen = resolve })
    socket.send('one')
    await new Promise(resolve => { socket.onmessage = resolve })
    window.events = new EventSource('/events?source')
    let left = 2
    await new Promise(resolve => { events.onmessage = () => --left === 0 && resolve() })`)
  await panel.tab('Connections')
  const cells = (name: string) =>
    panel.run(`
    const titles = all('[role=columnheader]').map(title => title.innerText.trim())
    const row = all('[role=row]').map(cellsOf).find(cells => cells[0]?.includes('${name}')) ?? []
    return Object.fromEntries(titles.map((title, i) => [title, row[i]]))`)
  await expect.poll(() => cells('/ws/echo')).toMatchObject({ State: 'open', Received: '1', Sent: '1' })
  await expect.poll(() => cells('/events')).toMatchObject({ State: 'open', Received: '2' })
  await firefox.inPage(`socket.close(1000, 'enough'); events.close()`)
  await expect.poll(() => cells('/ws/echo')).toMatchObject({ State: 'closed' })
  await expect.poll(() => cells('/events')).toMatchObject({ State: expect.stringMatching(/closed|cancelled/) })
})

test('names one request per list item as an insight, and shows its operations', async ({ firefox, panel }) => {
  await requestPerItem(firefox)
  await expect.poll(() => panel.groups()).toHaveLength(2)
  await panel.tab('Insights')
  await expect.poll(() => panel.text('.insights')).toMatch(/\d insights? in [\s\S]*\/api\/users\/:id/)
  await panel.run(`all('.insight-line').find(line => line.innerText.includes('/api/users/:id')).click()`)
  await panel.run(`all('.insight-steps button')[0].click()`)
  await expect.poll(async () => (await panel.rows()).length).toBeGreaterThan(1)
  await expect.poll(() => panel.text('.evidence')).not.toBe('')
  await panel.run(`all('.evidence button').at(-1).click()`)
  await expect.poll(() => panel.text('.evidence')).toBe('')
})

test('shows totals and the slowest names in Summary', async ({ firefox, panel }) => {
  for (const name of ['quick', 'quick']) await track(firefox, name)
  await firefox.inPage(`
    await PerformanceMonitor.getInstance().trackOperation('long', () => new Promise(resolve => setTimeout(resolve, 30)))`)
  await expect.poll(() => panel.groups()).toHaveLength(2)
  await panel.tab('Summary')
  await expect
    .poll(() => panel.text('.summary-view'))
    .toMatch(/3 ok[\s\S]*Most time\s+long[\s\S]*Slowest by p95\s+long/)
})

test('draws the durations, and says why there is no memory', async ({ firefox, panel }) => {
  await track(firefox, 'drawn')
  await expect.poll(() => panel.groups()).toHaveLength(1)
  const drawn = `return all('[aria-label="Durations over time"] canvas').map(canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return new Set(new Uint32Array(data.buffer)).size > 1
  })`
  await expect.poll(() => panel.run(drawn)).toContain(true)
  // Firefox gives a document's root no font, unlike Chromium, which gives an extension's the system's.
  expect(await panel.run(`return all('canvas').map(canvas => canvas.getContext('2d').font)`)).toEqual(
    expect.arrayContaining([expect.stringContaining('system-ui')]),
  )
  expect(await panel.text()).toContain('Memory is not available: this browser doesn’t report the heap size to pages.')
  expect(await panel.text('[aria-label=Statistics]')).toMatch(/Heap\s+not available/)
  expect((await panel.exported()).availability).toEqual({ memory: 'not available' })
})

test('moves the selection by keyboard, and opens the list of shortcuts', async ({ firefox, panel }) => {
  for (const name of ['a', 'b']) await track(firefox, name)
  await panel.check('Group by name', false)
  await expect.poll(() => panel.rows()).toHaveLength(2)
  await panel.focus(`document.querySelector('[role=grid]')`)
  await firefox.press('Home')
  await expect.poll(() => panel.text('[aria-label=Details]')).toMatch(/^a\b/)
  await firefox.press('ArrowDown')
  await expect.poll(() => panel.text('[aria-label=Details]')).toMatch(/^b\b/)
  await firefox.press('?')
  await expect.poll(() => panel.text('dialog[open]')).toContain('Keyboard shortcuts')
})

test('sorts by a column', async ({ firefox, panel }) => {
  for (const name of ['once', 'twice', 'twice']) await track(firefox, name)
  await expect.poll(() => panel.groups()).toHaveLength(2)
  const names = async () => (await panel.rows()).map(([name]) => name)
  await panel.run(`all('[role=columnheader] button')[0].click()`)
  const first = await names()
  await panel.run(`all('[role=columnheader] button')[0].click()`)
  await expect.poll(names).toEqual(first.toReversed())
})

test('filters, and explains a term that cannot be read', async ({ firefox, panel }) => {
  await firefox.inPage(`await fetch('/api/users/1'); await fetch('/api/status/404')`)
  await expect.poll(() => panel.groups()).toHaveLength(2)
  await panel.fill('Filter', 'status:404')
  await expect.poll(() => panel.groups()).toEqual([['GET /api/status/:id', '1', '1 (100%)']])
  await panel.fill('Filter', 'durtion>3 ')
  await expect.poll(() => panel.text('.filter-remarks')).toContain('Did you mean duration?')
})

test('has the theme of DevTools', async ({ firefox, panel }) => {
  const theme = `return [document.documentElement.dataset.theme, getComputedStyle(document.body).colorScheme]`
  const [, light] = (await panel.run(theme)) as string[]
  await firefox.setTheme('dark')
  await expect.poll(async () => ((await panel.run(theme)) as string[])[0]).toBe('dark')
  await firefox.setTheme('light')
  await expect.poll(() => panel.run(theme)).toEqual(['light', light])
})
