// Test (Node): operations that are deleted before they could be sent are counted.
import 'fake-indexeddb/auto'

import { expect, test } from 'vitest'
import { withEviction } from '../../../../extension/background/quota.ts'
import { createStoredSessions } from '../../../../extension/background/stored-sessions.ts'
import { countUnsent } from '../../../../extension/background/unsent-count.ts'
import { openSessionLog } from '../../../../storage/session-log.ts'
import { emptySession } from '../../../../storage/stored-session.ts'
import type { StoredSession } from '../../../../wire/messages.ts'
import { DEFAULT_SETTINGS, UNSENT_KEY, unsentSince } from '../../../../wire/settings.ts'
import { createFakeStorageArea } from '../../../support/fake-storage-area.ts'

const SINCE = 1_000
const settings = { collector: 'http://localhost:4318', collectorSince: SINCE }
const info = { id: 'a', tabId: 1, createdAt: SINCE, recording: true, preserveLog: true }
const session = (operations: number, taken: number, lost: number, appendedAt = SINCE): StoredSession => {
  const progress = { rows: 0, running: [], position: 0, taken, lost }
  return { ...emptySession(info), operations, appendedAt, sent: { traces: progress, metrics: progress } }
}

test('counts what was neither taken nor rejected, of sessions that were to be sent', async () => {
  const area = createFakeStorageArea()
  const count = () => unsentSince(SINCE, area.items.get(UNSENT_KEY))
  await countUnsent(area, settings, session(10, 4, 1))
  expect(count()).toBe(5)
  await countUnsent(area, settings, session(3, 3, 0))
  await countUnsent(area, settings, session(100, 0, 0, SINCE - 1))
  await countUnsent(area, { ...settings, collector: '' }, session(100, 0, 0))
  expect(count()).toBe(5)
  const { sent: _, ...never } = session(7, 0, 0)
  await countUnsent(area, settings, never)
  expect(count()).toBe(12)
  // A collector that is set later has lost nothing yet.
  expect(unsentSince(SINCE + 1, area.items.get(UNSENT_KEY))).toBe(0)
})

test('counts sessions that expire and those that are evicted, and not those that the user deletes', async () => {
  const expired: string[] = []
  const onExpired = ({ id }: StoredSession): void => void expired.push(id)
  const opened = openSessionLog('unsent count')
  for (const id of ['old', 'deleted', 'evicted']) await opened.addSession({ ...info, id, createdAt: Date.now() })
  const stored = createStoredSessions(
    opened,
    { sessionsInUse: async () => ['evicted'] },
    async () => ({ ...DEFAULT_SETTINGS, keepDays: -1 }),
    () => undefined,
    onExpired,
  )
  await stored.remove('deleted')
  await stored.prune()
  expect(expired).toEqual(['old'])
  let isFull = true
  const full = {
    ...opened,
    append: async () => {
      if (isFull) throw new DOMException('no space', 'QuotaExceededError')
      return undefined
    },
    remove: async (id: string) => {
      isFull = false
      await opened.remove(id)
    },
  }
  await withEviction(
    full,
    async () => [],
    () => undefined,
    onExpired,
  ).append('evicted', [])
  expect(expired).toEqual(['old', 'evicted'])
  await opened.close()
})
