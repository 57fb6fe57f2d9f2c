// Test (real Chromium, real DevTools): a short form of `npm run torture -- --join`.
import { isFaultless } from '../../bench/torture/join/tally.ts'
import { tortureJoin } from '../../bench/torture/join/torture-join.ts'
import { EXTENSION, expect, test } from './perf-test.ts'

test('each request of a slow page is one operation with an end and with what DevTools saw of it', async () => {
  test.setTimeout(120_000)
  const tally = await tortureJoin(EXTENSION, { requests: 300, slowdown: 6 })
  expect(isFaultless(tally), JSON.stringify(tally)).toBe(true)
})
