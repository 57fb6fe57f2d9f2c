import '../injected/page-globals.ts'

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Row } from '../../../model/numbers.ts'
import type { PlannedRequest, RecordedTab, RequestPlan } from './recorded-tab.ts'

let createTab: () => RecordedTab

beforeAll(async () => {
  // The page script captures the clock when it is imported.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  const began = Date.now()
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - began)
  const { RecordedTab } = await import('./recorded-tab.ts')
  createTab = () => new RecordedTab()
})
afterAll(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Milliseconds after the last step: everything that ends, and is reported, by then is in the session. */
const SETTLED = 8_000
/** Milliseconds in which DevTools' list is read, and what it says is stored. */
const LOOKED = 1_000

type Step =
  | ({ type: 'request' } & RequestPlan)
  | { type: 'wait'; time: number }
  | { type: 'pause' | 'record' | 'clear' | 'leave' | 'open' }

const request = fc.record({
  type: fc.constant('request' as const),
  path: fc.constantFrom('/a', '/b'),
  status: fc.constantFrom(200, 200, 503),
  answerAfter: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 300, max: 3_000 })),
  bodyAfter: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 300, max: 2_000 })),
  isRead: fc.boolean(),
})
const wait = fc.record({ type: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 2_500 }) })
const command = fc.record({ type: fc.constantFrom('pause', 'record', 'clear', 'leave', 'open') })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: request },
    { weight: 3, arbitrary: wait },
    { weight: 2, arbitrary: command as fc.Arbitrary<Step> },
  ),
  { maxLength: 25 },
)

async function run(tab: RecordedTab, step: Step): Promise<void> {
  // No two requests begin at once.
  await tab.wait(10)
  if (step.type === 'request') await tab.request(step)
  else if (step.type === 'wait') await tab.wait(step.time)
  else if (step.type === 'pause' || step.type === 'record') await tab.setRecording(step.type === 'record')
  else await tab[step.type]()
}

/** Whether a request belongs to the session, and whether it has to be in it. */
function expectedOf(tab: RecordedTab, request: PlannedRequest): 'listed' | 'not listed' | 'either' {
  const { start, answered, ended, left, isRead, isSeen } = request
  // A body that is not received to its end is known until the response.
  const end = isRead && ended < left ? ended : Math.min(answered, left)
  // Of requests from before DevTools was opened the browser only keeps those whose body was read.
  if (!isSeen && (!isRead || ended >= left)) return 'not listed'
  // The page was left before DevTools' list was read, which says whether the response came before Clear.
  if (ended >= left && start < tab.createdAt && left - tab.createdAt < LOOKED) return 'either'
  // It ended before Clear, or before DevTools was opened.
  if (end < tab.createdAt) return isSeen ? 'not listed' : 'either'
  const within = tab.pauses.find(([from, to]) => start >= from && Math.min(isRead ? ended : answered, left) <= to)
  if (within) return isRead ? 'not listed' : 'either'
  return 'listed'
}

/** The outcomes that are right, as far as anybody could know. */
function endsOf({ createdAt }: RecordedTab, { answered, ended, left, status, isRead }: PlannedRequest): string[] {
  const answer = status >= 400 ? 'failed' : 'ok'
  if (answered > left) return ['cancelled']
  if (isRead && ended < left) return [answer]
  // Nobody read the body. If the page was left soon after the response, or after Clear, which forgets what DevTools' list
  // said before, the list may not have been read in time.
  return left - Math.max(answered, createdAt) > LOOKED ? [answer] : [answer, 'cancelled']
}

test('lists each request of the page once with its end, in any sequence of pause, Clear, navigation and late opening', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async all => {
      const tab = createTab()
      try {
        for (const step of all) await run(tab, step)
        await run(tab, { type: 'open' })
        await run(tab, { type: 'record' })
        await tab.wait(SETTLED)
        const { operations, network } = tab.session
        const rows = Array.from({ length: operations.length }, (_, row) => row as Row)
        for (const request of tab.requests) {
          const found = rows.filter(row => Math.abs(operations.start.get(row) - tab.epoch - request.start) < 0.1)
          const expected = expectedOf(tab, request)
          if (expected !== 'either' || found.length > 1) {
            expect({ request, listed: found.length }).toEqual({ request, listed: expected === 'listed' ? 1 : 0 })
          }
          for (const row of found) {
            expect(endsOf(tab, request)).toContain(operations.outcomeOf(row))
            const http = operations.details.get(row)?.http
            const { isRead, isSeen, ended, left } = request
            // What the page reported of its end, and what DevTools did.
            if (isRead && ended < left) {
              expect({ request, size: http?.encodedBodySize }).toEqual({ request, size: 1 })
              if (isSeen) expect({ request, unfinished: http?.devtools?.unfinished }).toEqual({ request })
              if (isSeen) expect(http?.devtools?.status).toBe(request.status)
            }
          }
        }
        expect(network.unjoinedRequests()).toEqual([])
      } finally {
        tab.stop()
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 200) },
  )
})
