import { describe, expect, test } from 'vitest'
import { checkBudgets, exceededText } from '../../../../model/checks/budgets.ts'
import { complete } from '../../../../node/complete.ts'
import { readSession } from '../../../../node/session-file.ts'
import { ask, inventedSession } from '../insights/invented-session.ts'

/** A run in which users are asked for, one of which fails, and each answer takes about 60 ms of the server. */
async function run(count: number, failed = 0) {
  const session = inventedSession()
  ask(session, 0, count, -50, i => ({ path: `/api/users/${i + 1}`, ...(i < failed ? { status: 500 } : {}) }))
  return readSession(new Blob([session.text()]))
}

describe('budgets', () => {
  test('that are kept exceed nothing', async () => {
    const budgets = { 'GET *': { p50: 10_000, p95: 10_000, max: 10_000, count: 8, failures: 0, bytes: 1e9 } }
    expect(complete(checkBudgets([await run(8)], budgets))).toEqual({ exceeded: [], unmatched: [] })
  })

  test.each(['p50', 'p95', 'max', 'count', 'failures', 'bytes'] as const)('say that %s is exceeded', async limit => {
    const { exceeded } = complete(checkBudgets([await run(8, 2)], { '*/users/*': { [limit]: 1 } }))
    expect(exceeded).toHaveLength(1)
    expect(exceeded[0]).toMatchObject({ limit, allowed: 1 })
    expect(exceededText(exceeded[0] as (typeof exceeded)[0])).toContain(limit)
  })

  test('count the largest run, not all runs together', async () => {
    const runs = [await run(8), await run(9)]
    expect(complete(checkBudgets(runs, { '*': { count: 9 } })).exceeded).toEqual([])
    expect(complete(checkBudgets(runs, { '*': { count: 8 } })).exceeded[0]?.found).toBe(9)
  })

  test('name the patterns that no operation has', async () => {
    const budgets = { 'GET /api/user.': { count: 1 }, '(': { count: 1 }, '*users*': { count: 9 } }
    expect(complete(checkBudgets([await run(8)], budgets)).unmatched).toEqual(['GET /api/user.', '('])
  })
})
