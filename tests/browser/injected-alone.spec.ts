// Test (real Chromium): the built injected script alone, as an init script, and no relay ever comes. A public test
// suite can be run over it so: it changes nothing, says nothing, and what it keeps is bounded.
import { readFile } from 'node:fs/promises'
import { expect } from 'playwright/test'
import { CASE_SETS } from './differential/case-sets.ts'
import { expectAlike } from './differential/compare.ts'
import { INJECTED, test } from './differential/differential-test.ts'
import { startCaseServer } from './differential/server/case-server.ts'

for (const set of [
  'fetch: order and rejections',
  'fetch: aborts',
  'XHR: events',
  'beacons, sockets and event sources',
]) {
  test(`${set}, as without us`, async ({ native, scripted }) => {
    const { where, cases } = CASE_SETS[set] ?? { where: 'frame', cases: {} }
    expect(Object.keys(cases)).not.toEqual([])
    for (const [name, source] of Object.entries(cases)) {
      await test.step(name, async () => {
        const [expected, actual] = await Promise.all([native.run(source, where), scripted.run(source, where)])
        expectAlike(`${set} › ${name}`, expected, actual)
      })
    }
  })
}

/** Fetches of a round, more than all bounds together. */
const FETCHES = 30_000
/** Bytes by which the heap of a page may differ from itself. */
const NOISE = 1_000_000

/** In the page: fetches of a stub, and then a request that has a Resource Timing entry. */
async function fetchMany(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await fetch(`/stubbed?${i}`, { method: 'POST', signal: new AbortController().signal })
  const xhr = new XMLHttpRequest()
  xhr.open('GET', '/text')
  xhr.send()
  await new Promise(resolve => xhr.addEventListener('loadend', resolve))
  await new Promise<void>(resolve => {
    new PerformanceObserver(() => resolve()).observe({ type: 'resource', buffered: true })
  })
}

test(`memory stays bounded over ${FETCHES} fetches a round, and nothing is said`, async ({ nativeBrowser }) => {
  const server = await startCaseServer()
  const page = await nativeBrowser.context.newPage()
  const said: string[] = []
  page.on('console', message => said.push(message.text()))
  page.on('pageerror', error => said.push(error.message))
  const stub = 'const answer = Promise.resolve(new Response()); window.fetch = function fetch() { return answer };'
  await page.addInitScript(`${stub}\n${await readFile(INJECTED, 'utf8')}`)
  await page.goto(server.serve('<!doctype html><link rel="icon" href="data:,"><body>').url)
  expect(await page.evaluate(() => Function.prototype.toString.call(fetch))).toBe('function () { [native code] }')

  const devtools = await nativeBrowser.context.newCDPSession(page)
  const heapAfterRound = async (): Promise<number> => {
    await page.evaluate(fetchMany, FETCHES)
    await devtools.send('HeapProfiler.collectGarbage')
    return (await devtools.send('Runtime.getHeapUsage')).usedSize
  }
  await heapAfterRound()
  const full = await heapAfterRound()
  const fuller = await heapAfterRound()
  expect(fuller - full).toBeLessThan(NOISE)
  expect(said).toEqual([])
  await page.close()
  await server.close()
})
