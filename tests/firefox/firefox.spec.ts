// Test (real Firefox, its real DevTools): the extension of the same source.
import { readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { startDemoServer } from '../../demo/server.ts'
import { openFirefox } from '../../scripts/firefox-session.ts'

const dir = new URL('../../dist/firefox', import.meta.url).pathname
const manifest = JSON.parse(readFileSync(`${dir}/manifest.json`, 'utf8')) as {
  browser_specific_settings: { gecko: { id: string } }
}

test('records a page from its first script, and leaves it alone when DevTools closes', async () => {
  const demo = await startDemoServer()
  const firefox = await openFirefox({ dir, id: manifest.browser_specific_settings.gecko.id })
  const rows = async () => {
    const cells = `row => [...row.querySelectorAll('[role=gridcell], [role=rowheader]')].map(cell => cell.textContent)`
    const script = `return [...document.querySelectorAll('[role=row]')].map(${cells}).filter(({ length }) => length > 0)`
    const found = (await firefox.inPanel(script)) as string[][] | undefined
    // Behind the name is a button.
    return found?.map(([name = '', count, failed]) => [name.replace('Show all', ''), count, failed])
  }
  const isPatched = () => firefox.inPage(`return 'PerformanceMonitor' in window`)
  try {
    await firefox.goto(`${demo.url}/empty`)
    expect(await isPatched()).toBe(false)
    await firefox.openDevtools()
    // The page was there before DevTools: the scripts are put into it at once.
    await expect.poll(isPatched).toBe(true)
    await firefox.reload()
    await firefox.inPage(`
      const answers = [1, 2, 3].map(id => fetch('/api/users/' + id).then(response => response.text()))
      await Promise.all(answers)
      await fetch('/api/status/404')
      await fetch('/api/reset').catch(() => undefined)
      const request = new XMLHttpRequest()
      request.open('GET', '/api/users/4')
      await new Promise(resolve => { request.onloadend = resolve; request.send() })
      await PerformanceMonitor.getInstance().trackOperation('checkout', async () => 3, { cart: 1 })`)
    await expect
      .poll(async () => (await rows())?.sort())
      .toEqual([
        ['GET /api/reset', '1', '100%'],
        ['GET /api/status/:id', '1', '100%'],
        ['GET /api/users/:id', '4', ''],
        ['checkout', '1', ''],
      ])
    expect(await firefox.inPanel(`return document.body.innerText`)).toContain('Memory: not available')
    await firefox.closeDevtools()
    await expect.poll(isPatched).toBe(false)
    expect(await firefox.inPage(`return Function.prototype.toString.call(fetch)`)).toContain('function fetch()')
  } finally {
    await firefox.close()
    await demo.close()
  }
})

test('does not run in private windows, as all that it stores is on the disk', async () => {
  const firefox = await openFirefox({ dir, id: manifest.browser_specific_settings.gecko.id })
  try {
    expect(await firefox.runsInPrivateWindows()).toBe(false)
  } finally {
    await firefox.close()
  }
})
