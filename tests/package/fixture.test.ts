// Test (Node, real Chromium): what the fixture of the packed library offers beside recording, in a suite with fixtures of its own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium } from '../../scripts/find-chromium.ts'
import { type Consumer, createConsumer } from './consumer.ts'

let consumer: Consumer
beforeAll(async () => {
  consumer = await createConsumer({ playwright: '1.65.0' })
}, 300_000)
afterAll(() => consumer.remove())

const CONFIG = `
  import { defineConfig } from 'playwright/test'
  const launchOptions = { executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] }
  export default defineConfig({ workers: 1, reporter: 'line', use: { launchOptions } })
`

const SUITE = `
  import { mkdirSync, writeFileSync } from 'node:fs'
  import { test as base, mergeTests } from 'playwright/test'
  import { expect, test as perfTest } from 'perf-devtools/playwright'

  const shopTest = base.extend({
    shop: async ({ page }, use) => {
      await page.route('http://shop.test/**', async route => {
        if (route.request().url().endsWith('/')) return route.fulfill({ contentType: 'text/html', body: '<title>Shop' })
        await new Promise(resolve => setTimeout(resolve, 20))
        await route.fulfill({ json: { items: 3 } })
      })
      await page.goto('http://shop.test/')
      await use({ ask: times => page.evaluate(async count => {
        for (let i = 0; i < count; i++) await (await fetch('/api/cart')).json()
      }, times) })
    },
  })
  const test = mergeTests(shopTest, perfTest)

  test('works beside the fixtures of the suite', async ({ shop, perf }) => {
    await shop.ask(2)
    const { operations } = await perf.session()
    expect(operations.map(({ operationName, outcome }) => [operationName, outcome])).toEqual([
      ['GET /api/cart', 'ok'],
      ['GET /api/cart', 'ok'],
    ])
  })

  test('finds what keeps memory', async ({ page, perf, shop }) => {
    const options = { rounds: 5, calls: 3 }
    const keep = () =>
      page.evaluate(() => void (window.kept ??= []).push(Array.from({ length: 100_000 }, (_, i) => i + 0.5)))
    const { keptPerCall, grows } = await perf.leakTest('open the cart', keep, options)
    expect(grows).toBe(true)
    expect(keptPerCall.mean).toBeGreaterThan(100_000 * 8 * 0.9)
    expect(keptPerCall.mean).toBeLessThan(100_000 * 8 * 1.2)
    const churn = () => page.evaluate(() => Array.from({ length: 100_000 }, (_, i) => i + 0.5).length)
    expect((await perf.leakTest('look at the cart', churn, options)).grows).toBe(false)
    expect((await perf.session()).operations.map(({ operationName }) => operationName)).toEqual([
      'open the cart',
      'look at the cart',
    ])
    await expect(perf.leakTest('too few', churn, { rounds: 2 })).rejects.toThrow('3 to 11 rounds')
  })

  test('is compared with the sessions of its own in a baseline', async ({ shop, perf }) => {
    await shop.ask(25)
    const session = await perf.session()
    const times = factor => JSON.stringify({
      ...session,
      operations: session.operations.map(({ startTime, duration, ...rest }) => {
        return { ...rest, startTime, duration: duration * factor, endTime: startTime + duration * factor }
      }),
    })
    const baseline = (name, tests) => {
      mkdirSync(name)
      const machine = { calibrationMs: 1 }
      writeFileSync(name + '/baseline.json', JSON.stringify({ format: 'perf-baseline', version: 1, machine, tests }))
      writeFileSync(name + '/same.json', times(1))
      writeFileSync(name + '/fast.json', times(0.2))
    }
    const slug = 'shop-spec-js-is-compared-with-the-sessions-of-its-own-in-a-baseline'
    baseline('same', { [slug]: ['same.json'], other: ['fast.json'] })
    await expect(perf).toBeNoSlowerThan('same')
    baseline('fast', { [slug]: ['fast.json'], other: ['same.json'] })
    await expect(expect(perf).toBeNoSlowerThan('fast')).rejects.toThrow(/Slower than 1 .*GET \\/api\\/cart/s)
    baseline('others', { other: ['same.json'] })
    await expect(expect(perf).toBeNoSlowerThan('others')).rejects.toThrow('has no session of ' + slug)
  })
`

test('works with the suite’s own fixtures, finds leaks, and compares with a baseline', async () => {
  await consumer.write('playwright.config.js', CONFIG)
  await consumer.write('shop.spec.js', SUITE)
  const env = { ...process.env, CHROMIUM_PATH: await findChromium(), FORCE_COLOR: '0' }
  expect(await consumer.run('node', ['node_modules/playwright/cli.js', 'test'], { env })).toContain('3 passed')
}, 300_000)
