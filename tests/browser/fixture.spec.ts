// Test (real Chromium): what the Playwright fixture records.
import type { Page } from 'playwright/test'
import { recordContext } from '../../playwright/recording.ts'
import { bundlePageScript } from '../../scripts/node-bundles.ts'
import type { SessionFile } from '../../session/format.ts'
import { sessionOf, test } from './fixture/fixture-test.ts'
import { recordTwice } from './fixture/record-twice.ts'
import { expect } from './perf-test.ts'
import { schemaErrors } from './session-schema.ts'

/** Names by the path alone in both: what the page calls them. */
function outcomes({ operations }: SessionFile): unknown[] {
  return operations.map(({ operationName, kind, outcome, http }) => [operationName, kind, outcome, http?.status])
}

test('has the operations that the extension has of the same page', async ({
  chromium,
  demo,
  inspected,
  context,
  recording,
}) => {
  const { byFixture, byExtension } = await recordTwice({ chromium, demo, inspected, context, recording })
  const { session, took } = byFixture
  expect(Object.keys(took)).toHaveLength(6)
  expect(schemaErrors(session)).toEqual([])
  expect(outcomes(session)).toEqual(outcomes(byExtension.session))
  // What only the network knows.
  const users = session.operations[0]?.http
  expect(users).toMatchObject({
    devtools: { mimeType: 'application/json', status: 200 },
    transferSize: expect.any(Number),
  })
  expect(users?.stack?.length).toBeGreaterThan(0)
  expect(session.networkRequests.map(({ type }) => type)).toContain('document')
  expect(session.memory.length).toBeGreaterThan(0)
  expect(session.gaps).toEqual([])
})

test('keeps what pages recorded that were left, in frames, popups and closed pages', async ({
  demo,
  context,
  recording,
}) => {
  const page = await context.newPage()
  const ask = (where: Pick<Page, 'evaluate'>, path: string) =>
    where.evaluate(each => fetch(each).then(response => response.text()), path)
  const namesOf = async (each: Page) =>
    (await sessionOf(recording, each)).operations.map(({ operationName, frameId }) => [operationName, frameId])

  await page.goto(demo.url)
  await ask(page, '/api/users/1?token=secret&cart=3')
  await page.goto(`${demo.url}/?same-site`)
  await ask(page, '/api/users/2')
  await page.goto(demo.otherOrigin)
  await ask(page, '/api/users/3')
  const frameAdded = page.waitForEvent('frameattached')
  await page.evaluate(url => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }))
  }, `${demo.url}/frame.html`)
  const frame = await frameAdded
  await frame.waitForURL('**/frame.html')
  await ask(frame, '/api/users/4')
  await page.evaluate(() => document.querySelector('iframe')?.remove())
  await page.setContent('<p>written')
  await ask(page, '/api/users/5')
  await page.goto('about:blank')

  const names = await namesOf(page)
  for (const id of [1, 2, 3, 5]) expect(names).toContainEqual([`GET /api/users/${id}`, 0])
  expect(names).toContainEqual(['GET /api/users/4', 1])
  const { operations, marks } = await sessionOf(recording, page)
  expect(operations[0]?.http?.url).toBe(`${demo.url}/api/users/1?token=REDACTED&cart=REDACTED`)
  expect(marks.filter(({ type }) => type === 'navigation').length).toBeGreaterThanOrEqual(4)

  await page.goto(demo.url)
  const opened = context.waitForEvent('page')
  await page.evaluate(() => void open('/frame.html'))
  const popup = await opened
  await popup.waitForLoadState()
  await ask(popup, '/api/users/6')
  await popup.close()
  expect(await namesOf(popup)).toContainEqual(['GET /api/users/6', 0])
})

test('records in a browser that has neither a scheduler nor long tasks nor the size of the heap', async ({
  demo,
  context,
}) => {
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, 'scheduler')
    Reflect.deleteProperty(Performance.prototype, 'memory')
    const types = PerformanceObserver.supportedEntryTypes.filter(type => type !== 'longtask')
    Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: types })
  })
  const recording = await recordContext(context, { callStacks: false, redact: [] }, await bundlePageScript())
  const page = await context.newPage()
  const errors: Error[] = []
  page.on('pageerror', error => errors.push(error))
  await page.goto(demo.url)
  await page.evaluate(() => fetch('/api/users/1').then(response => response.text()))
  const session = await sessionOf(recording, page)
  expect(session.operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
    ['GET /api/users/1', 'ok'],
  ])
  expect([session.availability.memory, session.memory, errors]).toEqual(['not available', [], []])
  recording.stop()
})
