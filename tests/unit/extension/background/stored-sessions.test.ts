// Test (Node): stored sessions are listed, removed, and expire.
import 'fake-indexeddb/auto'

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createStoredSessions,
  expiredSessions,
  sessionBudget,
} from '../../../../extension/background/stored-sessions.ts'
import { openSessionLog } from '../../../../storage/session-log.ts'
import { emptySession } from '../../../../storage/stored-session.ts'
import type { LogChange } from '../../../../wire/messages.ts'
import { DEFAULT_SETTINGS } from '../../../../wire/settings.ts'

test('lists all, removes what is not in use and announces it', async () => {
  const log = openSessionLog('stored')
  for (const [tabId, id] of ['live', 'other'].entries()) {
    await log.addSession({ id, tabId, createdAt: Date.now() + tabId, recording: true, preserveLog: true })
  }
  const announced: LogChange[] = []
  const stored = createStoredSessions(
    log,
    { sessionsInUse: async () => ['live'] },
    async () => DEFAULT_SETTINGS,
    change => announced.push(change),
  )
  expect((await stored.list()).map(({ id, inUse }) => [id, inUse])).toEqual([
    ['live', true],
    ['other', false],
  ])
  expect(await stored.remove('live')).toBe(false)
  expect(await stored.remove('other')).toBe(true)
  expect(announced).toEqual([{ sessionId: 'other', change: 'removed' }])
  expect(await stored.list()).toHaveLength(1)
})

const DAY = 24 * 60 * 60 * 1000
const NOW = 1_790_000_000_000
const settings = { keepDays: 7, maxTotalMb: 500 }

const stored = (id: string, days: number, megabytes = 1) => ({
  ...emptySession({ id, tabId: 1, createdAt: 0, recording: true, preserveLog: true }),
  appendedAt: NOW - days * DAY,
  bytes: megabytes * 1e6,
})

test('removes those older than the setting, and no others', () => {
  const sessions = [stored('new', 0), stored('old', 7.1), stored('used', 30), stored('week', 6.9)]
  expect(expiredSessions(sessions, new Set(['used']), settings, NOW)).toEqual(['old'])
})

test('removes the oldest past the total size, and none for the live session', () => {
  const sessions = [stored('c', 1, 200), stored('a', 3, 200), stored('live', 5, 900), stored('b', 2, 200)]
  expect(expiredSessions(sessions, new Set(['live']), settings, NOW)).toEqual(['a'])
})

test('keeps what is young enough and small enough, or in use, and removes nothing without need', () => {
  const sessions = fc.uniqueArray(fc.tuple(fc.nat(99), fc.nat(20), fc.nat(300), fc.boolean()), {
    selector: ([id]) => id,
  })
  fc.assert(
    fc.property(sessions, list => {
      const all = list.map(([id, days, megabytes]) => stored(`${id}`, days, megabytes))
      const inUse = new Set(list.flatMap(([id, , , used]) => (used ? [`${id}`] : [])))
      const gone = new Set(expiredSessions(all, inUse, settings, NOW))
      const left = all.filter(({ id }) => !gone.has(id))
      const free = left.filter(({ id }) => !inUse.has(id))
      const total = free.reduce((sum, { bytes }) => sum + bytes, 0)
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

test('gives one session half of what all may take', () => {
  expect(sessionBudget(settings)).toBe(250e6)
})
