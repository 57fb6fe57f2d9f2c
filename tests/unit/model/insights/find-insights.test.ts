import { expect, test } from 'vitest'
import { openText } from '../../../../bench/insights/score.ts'
import { MAX_MEMBERS } from '../../../../model/insights/evidence.ts'
import { findInsights, type Insights } from '../../../../model/insights/find-insights.ts'
import { INSIGHT_KINDS } from '../../../../model/insights/insight.ts'
import { checksText } from '../../../../model/insights/insights-text.ts'
import type { SessionModel } from '../../../../model/session/session-model.ts'
import { ask, inventedSession } from './invented-session.ts'

function insightsOf(session: SessionModel, zoom: { from: number; to: number } | null = null): Insights {
  const steps = findInsights(session, zoom)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

test('looks at the latest operations of a large route, says so, and at earlier ones if they are zoomed', async () => {
  const session = inventedSession()
  // Retries at the very start, then more of the same route than rules look at.
  const end = ask(session, 0, 8, 300, () => ({ path: '/api/cart', status: 503 }))
  ask(session, end + 60_000, MAX_MEMBERS, 3, () => ({ path: '/api/cart', server: 1 }))
  const model = await openText(session.text())
  const all = insightsOf(model)
  expect(all.operations).toBe(MAX_MEMBERS + 8)
  expect(all.limitedRoutes).toBe(1)
  expect(checksText(all)).toContain('Of one route the latest 10,000 operations were looked at')
  expect(all.ranked.map(({ kind }) => kind)).not.toContain('retry-storm')
  const early = insightsOf(model, { from: model.first, to: model.first + 30_000 })
  expect(early.limitedRoutes).toBe(0)
  expect(checksText(early)).not.toContain('latest')
  expect(early.ranked.map(({ kind }) => kind)).toContain('retry-storm')
})

test('says which checks could not be made, as nothing was recorded to judge by', async () => {
  const skippedOf = async (traits: Parameters<typeof inventedSession>[0]) => {
    const session = inventedSession(traits)
    ask(session, 0, 30, 900, i => ({ path: `/api/users/${i}` }))
    const { skipped, ran } = insightsOf(await openText(session.text()))
    return { reasons: [...new Set(skipped.map(({ reason }) => reason))], checks: skipped.length + ran.length }
  }
  const always = [
    'DevTools reported no requests of its own',
    'no long tasks were recorded',
    'the heap was not recorded',
  ]
  expect(await skippedOf({})).toEqual({ reasons: always, checks: INSIGHT_KINDS.length })
  const { reasons, checks } = await skippedOf({ hasTimings: false })
  expect(reasons).toContain('the phases of requests were not recorded')
  expect(reasons).toContain('the sizes of answers were not recorded')
  expect(checks).toBe(INSIGHT_KINDS.length)
})
