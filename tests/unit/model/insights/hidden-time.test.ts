import { expect, test } from 'vitest'
import type { AppSession } from '../../../../bench/insights/generator/app-session.ts'
import { openText } from '../../../../bench/insights/score.ts'
import { gatherEvidence } from '../../../../model/insights/evidence.ts'
import { findInsights } from '../../../../model/insights/find-insights.ts'
import { hiddenTime } from '../../../../model/insights/hidden-time.ts'
import { timeInFlight } from '../../../../model/insights/in-flight.ts'
import { complete } from '../../../../node/complete.ts'
import { ask, inventedSession } from './invented-session.ts'

async function opened(fill: (session: AppSession) => void) {
  const session = inventedSession()
  fill(session)
  ask(session, 100_000, 1, 0, () => ({ path: '/api/last', server: 90 }))
  return openText(session.text())
}

async function spans(fill: (session: AppSession) => void) {
  const model = await opened(fill)
  return hiddenTime(model).map(({ from, to }) => [from - model.createdAt, to - model.createdAt].map(Math.round))
}

test('a page is hidden from one event to the other', async () => {
  const toggled = (session: AppSession): void => {
    session.visibility(9_000, 'hidden')
    session.visibility(7_000, 'visible')
    session.visibility(2_000, 'hidden')
  }
  // To the end of the session, or until the page is left.
  expect(await spans(toggled)).toEqual([
    [2_000, 7_000],
    [9_000, 100_102],
  ])
  expect(
    await spans(session => {
      toggled(session)
      session.navigate(12_000)
    }),
  ).toEqual([
    [2_000, 7_000],
    [9_000, 12_000],
  ])
})

test('a page that was opened in the background is hidden until it is shown', async () => {
  expect(await spans(session => session.visibility(4_000, 'visible'))).toEqual([[0, 4_000]])
  expect(await spans(() => {})).toEqual([])
})

const slow = (session: AppSession): void => {
  for (let i = 0; i < 6; i++)
    ask(session, 20_000 + i * i * 1_200, 1, 0, () => ({ path: `/api/report?day=${i}`, server: 2_500 }))
  ask(session, 1_000, 3, 900, i => ({ path: `/api/fast?day=${i}` }))
}

test('what a hidden page does weighs nothing, or less', async () => {
  const [seen, unseen, half] = await Promise.all(
    [Number.NaN, 10_000, 34_000].map(async hidden => {
      const model = await opened(session => {
        slow(session)
        if (hidden > 0) session.visibility(hidden, 'hidden')
        session.visibility(70_000, hidden > 0 ? 'visible' : 'hidden')
      })
      const [insight] = complete(findInsights(model)).ranked
      return { kind: insight?.kind, score: insight?.score as number, background: insight?.background }
    }),
  )
  expect(seen).toMatchObject({ kind: 'slow-server', background: undefined })
  expect(unseen).toEqual({ kind: 'slow-server', score: 0, background: true })
  expect(half?.score).toBeLessThan(seen?.score as number)
  expect(half?.score).toBeGreaterThan(0)
})

test('time in flight is that of a page that can be seen', async () => {
  const waited = async (fill: (session: AppSession) => void) => {
    const evidence = complete(gatherEvidence(await opened(fill)))
    return [...complete(timeInFlight(evidence)).values()].reduce((sum, each) => sum + each.share, 0)
  }
  const all = await waited(slow)
  const left = await waited(session => {
    slow(session)
    session.visibility(19_000, 'hidden')
    session.visibility(90_000, 'visible')
  })
  expect(all - left).toBeGreaterThan(5 * 2_500)
  expect(left).toBeGreaterThan(0)
})

test('failures of a hidden page come after those that a user sees', async () => {
  const model = await opened(session => {
    ask(session, 20_000, 9, 900, i => ({ path: `/api/hidden/${i}`, status: 500 }))
    ask(session, 60_000, 4, 900, i => ({ path: `/api/seen/${i}`, status: 500 }))
    session.visibility(10_000, 'hidden')
    session.visibility(50_000, 'visible')
  })
  const { ranked } = complete(findInsights(model))
  expect(ranked.map(({ route }) => route)).toEqual(['GET /api/seen/:id', 'GET /api/hidden/:id'])
  expect(ranked[1]?.caveats).toContain('The page was hidden all the while: nobody waited.')
})
