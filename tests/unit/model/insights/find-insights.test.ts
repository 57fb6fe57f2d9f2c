import { expect, test } from 'vitest'
import { openText } from '../../../../bench/insights/score.ts'
import { MAX_MEMBERS } from '../../../../model/insights/evidence.ts'
import { findInsights, type Insights } from '../../../../model/insights/find-insights.ts'
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
