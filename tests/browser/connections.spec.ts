// Test (real Chromium, real DevTools): the Connections tab, of a live session and of the same session from a file.
import { Buffer } from 'node:buffer'
import type { Frame } from 'playwright/test'
import type { LocalServer } from '../../demo/local-server.ts'
import { operationsAt, serverFixture } from './capture/capture-test.ts'
import { test as base, expect, exportWhen } from './shared-tab-test.ts'

const test = base.extend<{ server: LocalServer }>(serverFixture)

test('a WebSocket, an EventSource and a streamed fetch have state, counts and a graph, live and in a file', async ({
  inspected,
  server,
}) => {
  const { page, panel, frontend } = inspected
  // So that the table has room for all columns.
  await frontend.setViewportSize({ width: 2_800, height: 900 })
  await page.goto(`${server.url}/page`)
  await panel.getByRole('tab', { name: 'Connections' }).click()

  const socket = await page.evaluateHandle(async () => {
    const opened = new WebSocket(`${location.origin.replace('http', 'ws')}/ws/echo?socket`)
    await new Promise(resolve => opened.addEventListener('open', resolve))
    let left = 3
    const answered = new Promise<void>(resolve => opened.addEventListener('message', () => --left === 0 && resolve()))
    for (const message of ['one', 'three', new Uint8Array(10)]) opened.send(message)
    await answered
    return opened
  })
  await page.evaluate(async () => {
    const events = new EventSource('/events?source')
    let left = 2
    await new Promise<void>(resolve => events.addEventListener('message', () => --left === 0 && resolve()))
    await (await fetch('/events?streamed')).body?.getReader().read()
  })
  const rowOf = (url: string) => textsOf(panel, url)
  await expect
    .poll(() => rowOf('?socket'))
    .toMatchObject({ State: 'open', Received: '3', 'Bytes in': '18 B', Sent: '3' })
  await expect
    .poll(() => rowOf('?source'))
    .toMatchObject({ State: 'open', Kind: 'eventsource', Received: '2', Sent: '0' })
  await expect.poll(() => rowOf('?streamed')).toMatchObject({ State: 'open', Kind: 'stream' })

  await socket.evaluate(open => open.close(1000, 'enough'))
  await expect
    .poll(() => rowOf('?socket'))
    .toMatchObject({ State: 'closed', 'Bytes out': '18 B', 'Close code': '1000', 'Close reason': 'enough' })
  const graph = await rowOf('?socket').then(row => row.graph)
  expect(graph).toContain('M')
  expect((await rowOf('?source')).graph).toContain('M')

  const session = await exportWhen(inspected, found => operationsAt(found, '?socket')[0]?.outcome === 'ok')
  const buffer = Buffer.from(JSON.stringify(session))
  const file = { name: 'sockets.json', mimeType: 'application/json', buffer }
  await panel.getByLabel('Session files').setInputFiles(file)
  await expect(panel.getByText('sockets.json · recorded')).toBeVisible()
  await expect.poll(() => rowOf('?socket')).toMatchObject({ State: 'closed', Received: '3', graph })
  expect((await rowOf('?source')).graph).toContain('M')
})

/** The texts in the row of a connection by the titles of their columns, and the path of its graph. */
async function textsOf(panel: Frame, url: string): Promise<Record<string, string>> {
  const grid = panel.getByRole('grid', { name: 'Connections' })
  const titles = await grid.getByRole('columnheader').allTextContents()
  const row = grid.getByRole('row').filter({ has: panel.locator(`[title*="${url}"]`) })
  if ((await row.count()) !== 1) return {}
  const texts = await row.getByRole('gridcell').allTextContents()
  const path = await row.locator('.sparkline path').getAttribute('d')
  return {
    ...Object.fromEntries(titles.map((title, i) => [title, (texts[i] ?? '').replaceAll('\u00a0', ' ')])),
    graph: path ?? '',
  }
}
