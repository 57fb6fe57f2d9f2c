import 'fake-indexeddb/auto'

import { expect, test, vi } from 'vitest'
import { createStoredSessions, RETRY_INTERVAL } from '../../../extension/stored-sessions.ts'
import { openSessionLog } from '../../../storage/session-log.ts'
import type { LogEntry } from '../../../wire/log.ts'
import type { LogChange } from '../../../wire/messages.ts'
import { DEFAULT_SETTINGS } from '../../../wire/settings.ts'

const entry: LogEntry = { type: 'recording', on: true, time: 1 }
let databases = 0

/** A log in a browser that has space for `space` appends; removing a session frees one. */
async function createWorld(space: number, ids: string[]) {
  const log = openSessionLog(`stored ${++databases}`)
  for (const [i, id] of ids.entries()) {
    await log.addSession({ id, tabId: i, createdAt: Date.now() + i, recording: true, preserveLog: true })
  }
  const told: LogChange[] = []
  const world = { space, told, log }
  const limited: typeof log = {
    ...log,
    async append(id, entries) {
      if (world.space === 0) throw new DOMException('no space', 'QuotaExceededError')
      world.space--
      return log.append(id, entries)
    },
    async remove(id) {
      await log.remove(id)
      world.space++
    },
  }
  const tabs = { sessionsInUse: async () => ['live'] }
  const stored = createStoredSessions(
    limited,
    tabs,
    async () => DEFAULT_SETTINGS,
    change => told.push(change),
  )
  return { ...world, world, stored }
}

test('the oldest sessions make room, and what was to be stored is stored', async () => {
  const { stored, log, told } = await createWorld(0, ['old', 'live', 'new'])
  expect(await stored.append('live', [{ entry }])).toBe(true)
  expect(told).toEqual([{ sessionId: 'old', change: 'removed' }])
  expect((await log.listSessions()).map(({ id }) => id).sort()).toEqual(['live', 'new'])
  expect(await log.read('live', 0)).toHaveLength(1)
})

test(
  'says that there is no space, keeps what was stored, and goes on when there is some',
  async () => {
    const { stored, log, told, world } = await createWorld(1, ['live'])
    await stored.append('live', [{ entry }])
    const waiting = stored.append('live', [{ entry: { ...entry, time: 2 } }])
    await vi.waitUntil(() => told.length > 0)
    expect(told).toEqual([{ sessionId: 'live', change: 'full' }])
    expect(await log.read('live', 0)).toHaveLength(1)
    world.space = 5
    expect(await waiting).toBe(true)
    expect(await log.read('live', 0)).toHaveLength(2)
  },
  RETRY_INTERVAL * 10,
)

test('any other error is told to the caller', async () => {
  const { stored } = await createWorld(5, ['live'])
  const uncloneable = { ...entry, ...{ call: () => {} } } as LogEntry
  await expect(stored.append('live', [{ entry: uncloneable }])).rejects.toMatchObject({ name: 'DataCloneError' })
})

test('lists all, removes what is not in use and tells of it', async () => {
  const { stored, told } = await createWorld(5, ['live', 'other'])
  expect((await stored.list()).map(({ id, inUse }) => [id, inUse])).toEqual([
    ['live', true],
    ['other', false],
  ])
  expect(await stored.remove('live')).toBe(false)
  expect(await stored.remove('other')).toBe(true)
  expect(told).toEqual([{ sessionId: 'other', change: 'removed' }])
  expect(await stored.list()).toHaveLength(1)
})
