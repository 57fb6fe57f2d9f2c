// Test (real Firefox, its real DevTools): frames of every kind.
import { expect, test } from './firefox-test.ts'

/** How a page adds a frame. The frame makes one request and one operation, or is asked to. */
const FRAMES: [title: string, add: string][] = [
  ['of the same origin', `frame.src = '/empty'`],
  ['of another origin', `frame.src = location.origin.replace('127.0.0.1', 'localhost') + '/empty'`],
  ['from srcdoc', `frame.srcdoc = '<p>a frame</p>'`],
  ['from a blob', `frame.src = URL.createObjectURL(new Blob(['<p>a frame</p>'], { type: 'text/html' }))`],
]

for (const [title, add] of FRAMES) {
  test(`records a frame ${title}`, async ({ firefox, panel }) => {
    // A frame of another origin can't be called: its own script tracks the operation.
    await firefox.inPage(`
      const frame = document.createElement('iframe')
      ${add}
      const loaded = new Promise(resolve => { frame.onload = resolve })
      document.body.append(frame)
      await loaded`)
    await firefox.inFrame(`await PerformanceMonitor.getInstance().trackOperation('in the frame', async () => 1)`)
    await expect.poll(() => panel.groups()).toEqual([['in the frame', '1', '']])
    const [operation] = (await panel.exported()).operations
    expect(operation?.frameId).toBeGreaterThan(0)
  })
}

test('filters by frame', async ({ firefox, panel, demo }) => {
  await firefox.inPage(`
    await PerformanceMonitor.getInstance().trackOperation('on top', async () => 1)
    const frame = document.createElement('iframe')
    frame.src = '/frame'
    document.body.append(frame)`)
  await expect.poll(() => panel.groups()).toHaveLength(4)
  await panel.fill('Filter', 'frame:top')
  await expect.poll(() => panel.groups()).toEqual([['on top', '1', '']])
  await panel.fill('Filter', `-frame:top url:${new URL(demo.url).port}`)
  await expect
    .poll(async () => (await panel.groups()).map(([name]) => name))
    .toEqual(['GET /api/status/:id', 'GET /api/users/:id'])
})
