// Test (real Chromium, real DevTools): HAR files that Chrome and Playwright write of a page agree with our own recording of the
// same page load.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { sessionText } from '../../node/session-file.ts'
import { recordContext } from '../../playwright/recording.ts'
import { bundlePageScript } from '../../scripts/node-bundles.ts'
import type { SessionFile, SessionOperation } from '../../session/format.ts'
import { sessionOf, test } from '../browser/fixture/fixture-test.ts'
import { expect, exportWhen } from '../browser/perf-test.ts'
import { openSession } from '../unit/model/session-in-node.ts'

const MAX_MILLISECONDS = 5
const REQUESTS = 12

/** In the page: requests by fetch and XMLHttpRequest, some of which fail. */
async function ask(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await (await fetch(`/api/users/${i}?ms=40`)).text()
    await (await fetch(`/api/status/503?ms=20&round=${i}`, { method: 'POST', body: 'x' })).text()
    await (await fetch(`/api/stream?chunks=3&round=${i}`)).text()
    await new Promise(resolve => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', `/api/slow?ms=30&round=${i}`)
      xhr.addEventListener('loadend', resolve)
      xhr.send()
    })
  }
}

const hasAll = ({ operations }: SessionFile): boolean =>
  operations.length === REQUESTS && operations.every(({ outcome }) => outcome !== 'pending')

/** What a HAR file is as a session. */
async function sessionOfHar(har: string): Promise<SessionFile> {
  return JSON.parse(sessionText(await openSession(new Blob([har])))) as SessionFile
}

function expectSame(har: SessionFile, own: SessionFile): void {
  const facts = ({ kind, outcome, http }: SessionOperation) => [kind, outcome, http?.method, http?.url, http?.status]
  expect(har.operations.map(facts)).toEqual(own.operations.map(facts))
  const differences = har.operations.map(({ operationName, startTime, duration = Number.NaN }, i) => {
    const { startTime: ownStart, duration: ownDuration = Number.NaN } = own.operations[i] as SessionOperation
    return { operationName, start: startTime - ownStart, duration: duration - ownDuration }
  })
  for (const { operationName, start, duration } of differences) {
    expect(Math.abs(start), `start of ${operationName}`).toBeLessThan(MAX_MILLISECONDS)
    expect(Math.abs(duration), `duration of ${operationName}`).toBeLessThan(MAX_MILLISECONDS)
  }
}

test('a HAR file that Chrome exports has our times', async ({ inspected, demo }) => {
  const { page, frontend } = inspected
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(ask)
  const own = await exportWhen(inspected, hasAll)
  const har = await frontend.evaluate(`(async () => {
    const [logs, { Log }] = await Promise.all([import('./models/logs/logs.js'), import('./models/har/har.js')])
    const requests = logs.NetworkLog.NetworkLog.instance().requests()
    return JSON.stringify({ log: await Log.Log.build(requests, { sanitize: true }) })
  })()`)
  expectSame(await sessionOfHar(har as string), own)
})

test('a HAR file that Playwright records has our times', async ({ plainBrowser, demo }) => {
  const folder = await mkdtemp(join(tmpdir(), 'perf-har-'))
  const path = join(folder, 'page.har')
  const context = await plainBrowser.newContext({ recordHar: { path, content: 'omit' } })
  const recording = await recordContext(context, { callStacks: false, redact: [] }, await bundlePageScript())
  const page: Page = await context.newPage()
  await page.goto(`${demo.url}/empty`)
  await page.evaluate(ask)
  await expect.poll(async () => hasAll(await sessionOf(recording, page))).toBe(true)
  const own = await sessionOf(recording, page)
  recording.stop()
  await context.close()
  expectSame(await sessionOfHar(await readFile(path, 'utf8')), own)
  await rm(folder, { recursive: true })
})
