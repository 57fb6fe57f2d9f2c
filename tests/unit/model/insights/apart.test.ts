import { describe, expect, test } from 'vitest'
import type { AppSession, AppTraits } from '../../../../bench/insights/generator/app-session.ts'
import { openText } from '../../../../bench/insights/score.ts'
import { findInsights } from '../../../../model/insights/find-insights.ts'
import { insightsMarkdown } from '../../../../model/insights/insights-markdown.ts'
import { insightsText } from '../../../../model/insights/insights-text.ts'
import { complete } from '../../../../node/complete.ts'
import { ask, inventedSession } from './invented-session.ts'

const OTHER = 'https://api.other.example'

async function found(fill: (session: AppSession) => void, traits: Partial<AppTraits> = {}) {
  const session = inventedSession(traits)
  fill(session)
  const model = await openText(session.text())
  const insights = complete(findInsights(model))
  return { model, insights, kinds: insights.ranked.map(({ kind, apart }) => (apart ? `${kind} ${apart}` : kind)) }
}

const failures =
  (origin: string, count = 9) =>
  (session: AppSession): void => {
    ask(session, 0, count, 7_100, i => ({ path: `/api/orders/${i}`, origin, status: 500 }))
  }
const items =
  (origin: string) =>
  (session: AppSession): void => {
    ask(session, 0, 8, -5, i => ({ path: `/api/users/${i + 1}`, origin }))
  }

describe('insights that stand apart', () => {
  test.each([
    ['failures of another site', failures(OTHER), ['failing-route other-site']],
    ['a slow server of another site', slow(OTHER), ['slow-server other-site']],
    ['failures of the own site', failures('https://api.test.example'), ['failing-route']],
    ['one request per item, by the app itself', items(OTHER), ['n-plus-one']],
  ])('%s', async (_, fill, kinds) => {
    expect((await found(fill)).kinds).toEqual(kinds)
  })

  test('what a script of another site asks for, or nobody knows who', async () => {
    const { kinds } = await found(
      session => {
        items(OTHER)(session)
        for (const { http } of session.operations)
          if (http?.stack) http.stack = http.stack.map(frame => frame.replace(/https:\/\/test\.example/, OTHER))
      },
      { client: [] },
    )
    expect(kinds).toEqual(['n-plus-one other-site'])
    expect((await found(items(OTHER), { hasStacks: false })).kinds).toEqual(['n-plus-one other-site'])
  })

  test('connections to a server on this computer', async () => {
    const burst = (session: AppSession): void => {
      ask(session, 0, 9, 1, i => ({
        path: `/api/${'abcdefghi'[i]}`,
        server: 300,
        queued: i < 6 ? 1 : 300,
        site: [`s${i}`],
      }))
    }
    const local = 'http://localhost:5173'
    expect((await found(burst, { protocol: 'http/1.1', origin: local, api: local })).kinds).toEqual([
      'connection-queue local-server',
    ])
    expect((await found(burst, { protocol: 'http/1.1' })).kinds).toEqual(['connection-queue'])
  })

  test('come last, however much they weigh, below a heading of their own', async () => {
    const { model, insights, kinds } = await found(session => {
      failures(OTHER, 40)(session)
      items('https://test.example')(session)
    })
    expect(kinds).toEqual(['n-plus-one', 'failing-route other-site'])
    expect(insights.ranked[1]?.caveats).toContain('Its requests go to another site.')
    const named = { title: 'session', session: model }
    expect(insightsText(insights, named)).toMatch(
      /1\. .*\n(?:.*\n)*? +Outside this app:\n +2\. .*\n.* on another site · /,
    )
    expect(insightsMarkdown(insights, named)).toMatch(/### 1\. [^#]*\n\*\*Outside this app\*\*\n\n### 2\. /)
  })
})

function slow(origin: string) {
  return (session: AppSession): void => {
    ask(session, 0, 6, 7_100, i => ({ path: `/api/report?day=${i}`, origin, server: 2_000 }))
    ask(session, 900, 6, 7_300, i => ({ path: `/api/other?day=${i}`, origin, server: 20 }))
  }
}
