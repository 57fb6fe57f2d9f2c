// Test (real Chromium, real DevTools): the extension's own interfaces, from a page and from a relay that was taken over.
import type { Page } from 'playwright/test'
import { expectUnharmed, openHostilePage, resultOf } from './hostile/hostile-page.ts'
import { expect, exportWhen, type InspectedPage, rowsOf, test } from './perf-test.ts'

test('a page reaches no API and no file of the extension', async ({ inspected, demo }) => {
  const origin = originOf(inspected)
  const attack = `
    const found = [typeof globalThis.browser, typeof globalThis.chrome?.runtime?.connect, typeof globalThis.chrome?.runtime?.sendMessage]
    const files = ['manifest.json', 'panel/panel.html', 'injected/main.js', 'extension/relay/relay.js', 'icons/perf-16.png']
    const tries = files.map(file => fetch('${origin}/' + file).then(() => file, () => 'refused'))
    for (const file of files) {
      tries.push(new Promise(resolve => {
        const image = new Image()
        image.onload = () => resolve(file)
        image.onerror = () => resolve('refused')
        image.src = '${origin}/' + file
      }))
    }
    const frame = document.createElement('iframe')
    frame.src = '${origin}/panel/panel.html'
    addEventListener('load', () => document.body.append(frame))
    Promise.all(tries).then(all => result([...new Set([...found, ...all])].join()))`
  await openHostilePage(inspected, demo, attack)
  await expect.poll(() => resultOf(inspected)).toBe('undefined,refused')
  await expectUnharmed(inspected)
  expect(inspected.page.frames().map(frame => new URL(frame.url()).protocol)).not.toContain('chrome-extension:')
})

/** Node's URL knows no origin of this scheme. */
function originOf({ panel }: InspectedPage): string {
  return `chrome-extension://${new URL(panel.url()).host}`
}

/** Evaluates in the isolated world of the extension in a page: where a renderer that was broken into would be. */
async function inRelayWorld(page: Page, origin: string, script: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page)
  const found = new Promise<number>(resolve => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === origin) resolve(context.id)
    })
  })
  await session.send('Runtime.enable')
  const answer = await session.send('Runtime.evaluate', {
    expression: script,
    contextId: await found,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description)
  return answer.result.value
}

async function tabOf({ panel }: InspectedPage): Promise<number> {
  return panel.evaluate(() => chrome.devtools.inspectedWindow.tabId)
}

test('a relay that was taken over commands nothing and reads nothing', async ({ inspected, chromium, demo }) => {
  const { page, panel } = inspected
  const other = await chromium.context.newPage()
  const bystander = { page: other, ...(await chromium.devtoolsFor(other)) }
  await other.goto(`${demo.url}/empty`)
  await page.goto(`${demo.url}/empty`)
  const track = (name: string) =>
    other.evaluate(
      named => window.PerformanceMonitor.getInstance().trackOperation(named, () => Promise.resolve()),
      name,
    )
  await track('before')
  await expect(rowsOf(bystander.panel)).toHaveCount(1)
  const tabId = await tabOf(bystander)
  const answer = await inRelayWorld(
    page,
    originOf(inspected),
    `(async () => {
      const ask = message => chrome.runtime.sendMessage(message).then(answer => answer ?? 'nothing', () => 'refused')
      const answers = []
      for (const type of ['session', 'clear', 'record']) answers.push(await ask({ type, tabId: ${tabId}, on: false }))
      for (const name of ['devtools', 'relay', 'other']) {
        const port = chrome.runtime.connect({ name })
        for (const message of [{ type: 'inspect', tabId: ${tabId} }, null, 5, { type: 'document' }, { type: 'document', document: { stream: 5 } },
          { type: 'batch', seq: 'x', batch: null }, { type: 'batch', seq: 1, title: {}, batch: {} }]) port.postMessage(message)
        port.disconnect()
      }
      answers.push(typeof chrome.tabs?.query, typeof chrome.scripting?.executeScript)
      return [...new Set(answers)].join()
    })()`,
  )
  expect(['nothing,undefined', 'refused,undefined']).toContain(answer)
  await track('after')
  const session = await exportWhen(bystander, ({ operations }) => operations.length === 2)
  expect(session.operations.map(({ operationName }) => operationName)).toEqual(['before', 'after'])
  expect(session.gaps).toEqual([])
  // And it is still recorded itself.
  await page.reload()
  await page.evaluate(() => window.PerformanceMonitor.getInstance().trackOperation('own', () => Promise.resolve()))
  await expect(rowsOf(panel).filter({ hasText: 'own' })).toHaveCount(1)
})
