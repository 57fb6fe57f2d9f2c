// Test (real Chromium): the durations that the Playwright fixture and the extension record. The two are separate loads of the
// page, which take as long as the machine lets them, so each is held against the page's own clock.
import type { SessionOperation } from '../../session/format.ts'
import { test } from '../browser/fixture/fixture-test.ts'
import { recordTwice } from '../browser/fixture/record-twice.ts'
import { expect } from '../browser/perf-test.ts'

const MAX_MILLISECONDS = 5

test(`records durations within ${MAX_MILLISECONDS} ms`, async ({ chromium, demo, inspected, context, recording }) => {
  const recorded = await recordTwice({ chromium, demo, inspected, context, recording })
  for (const { session, took } of Object.values(recorded)) {
    for (const operation of session.operations) {
      const expected = took[pathOf(operation)]
      if (expected === undefined) continue
      const found = operation.duration as number
      expect(Math.abs(found - expected), operation.operationName).toBeLessThan(MAX_MILLISECONDS)
    }
  }
})

function pathOf({ http, operationName }: SessionOperation): string {
  const url = http && new URL(http.url)
  return url ? url.pathname + url.search : operationName
}
