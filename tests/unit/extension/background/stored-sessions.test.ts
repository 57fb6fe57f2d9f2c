import 'fake-indexeddb/auto'

import { expect, test } from 'vitest'
import { createStoredSessions } from '../../../../extension/background/stored-sessions.ts'
import { openSessionLog } from '../../../../storage/session-log.ts'
import type { LogChange } from '../../../../wire/messages.ts'
import { DEFAULT_SETTINGS } from '../../../../wire/settings.ts'

test('lists all, removes what is not in use and tells of it', async () => {
  const log = openSessionLog('stored')
  for (const [tabId, id] of ['live', 'other'].entries()) {
    await log.addSession({ id, tabId, createdAt: Date.now() + tabId, recording: true, preserveLog: true })
  }
  const told: LogChange[] = []
  const stored = createStoredSessions(
    log,
    { sessionsInUse: async () => ['live'] },
    async () => DEFAULT_SETTINGS,
    change => told.push(change),
  )
  expect((await stored.list()).map(({ id, inUse }) => [id, inUse])).toEqual([
    ['live', true],
    ['other', false],
  ])
  expect(await stored.remove('live')).toBe(false)
  expect(await stored.remove('other')).toBe(true)
  expect(told).toEqual([{ sessionId: 'other', change: 'removed' }])
  expect(await stored.list()).toHaveLength(1)
})
