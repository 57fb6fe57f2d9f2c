import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expiredSessions } from '../../../../extension/background/expired-sessions.ts'
import { emptySession } from '../../../../storage/stored-session.ts'

const DAY = 24 * 60 * 60 * 1000
const NOW = 1_790_000_000_000
const settings = { keepDays: 7, maxTotalMb: 500 }

const stored = (id: string, days: number, megabytes = 1) => ({
  ...emptySession({ id, tabId: 1, createdAt: 0, recording: true, preserveLog: true }),
  appendedAt: NOW - days * DAY,
  bytes: megabytes * 1e6,
})

test('those older than the setting go, and no other', () => {
  const sessions = [stored('new', 0), stored('old', 7.1), stored('used', 30), stored('week', 6.9)]
  expect(expiredSessions(sessions, new Set(['used']), settings, NOW)).toEqual(['old'])
})

test('past the total size the oldest go', () => {
  const sessions = [stored('c', 1, 200), stored('a', 3, 200), stored('live', 5, 200), stored('b', 2, 200)]
  expect(expiredSessions(sessions, new Set(['live']), settings, NOW)).toEqual(['a', 'b'])
})

test('what stays is young enough and small enough, or in use; and nothing goes without need', () => {
  const sessions = fc.uniqueArray(fc.tuple(fc.nat(99), fc.nat(20), fc.nat(300), fc.boolean()), {
    selector: ([id]) => id,
  })
  fc.assert(
    fc.property(sessions, list => {
      const all = list.map(([id, days, megabytes]) => stored(`${id}`, days, megabytes))
      const inUse = new Set(list.flatMap(([id, , , used]) => (used ? [`${id}`] : [])))
      const gone = new Set(expiredSessions(all, inUse, settings, NOW))
      const left = all.filter(({ id }) => !gone.has(id))
      const total = left.reduce((sum, { bytes }) => sum + bytes, 0)
      const free = left.filter(({ id }) => !inUse.has(id))
      expect([...gone].some(id => inUse.has(id))).toBe(false)
      expect(free.every(({ appendedAt }) => appendedAt >= NOW - 7 * DAY)).toBe(true)
      expect(free.length === 0 || total <= 500e6).toBe(true)
      // The youngest of the young that went had to go.
      const young = all.filter(({ id, appendedAt }) => gone.has(id) && appendedAt >= NOW - 7 * DAY)
      const last = young.sort((a, b) => a.appendedAt - b.appendedAt).at(-1)
      if (last) expect(total + last.bytes).toBeGreaterThan(500e6)
    }),
  )
})
