import 'fake-indexeddb/auto'

import { expect, test, vi } from 'vitest'
import { RETRY_INTERVAL, withEviction } from '../../../../extension/background/quota.ts'
import { openSessionLog } from '../../../../storage/session-log.ts'
import type { LogEntry } from '../../../../wire/log.ts'
import type { LogChange, SessionInfo } from '../../../../wire/messages.ts'

const entry: LogEntry = { type: 'recording', on: true, time: 1 }
const session = (id: string, at = 0): SessionInfo => ({
  id,
  tabId: 1,
  createdAt: Date.now() + at,
  recording: true,
  preserveLog: true,
})
let databases = 0

/** A log in a browser that has space for `space` writes; removing a session frees one. */
async function createWorld(space: number, ids: string[]) {
  const log = openSessionLog(`quota ${++databases}`)
  for (const [i, id] of ids.entries()) await log.addSession(session(id, i))
  const announced: LogChange[] = []
  const world = { space, announced, log }
  const take = (): void => {
    if (world.space === 0) throw new DOMException('no space', 'QuotaExceededError')
    world.space--
  }
  const limited: typeof log = {
    ...log,
    async addSession(info) {
      take()
      return log.addSession(info)
    },
    async append(id, entries, change) {
      take()
      return log.append(id, entries, change)
    },
    async remove(id) {
      await log.remove(id)
      world.space++
    },
  }
  const evicting = withEviction(
    limited,
    async () => ['live'],
    change => announced.push(change),
  )
  return { world, announced, log, evicting }
}

test('evicts the oldest sessions, and stores what was to be stored', async () => {
  const { evicting, log, announced } = await createWorld(0, ['old', 'live', 'new'])
  expect(await evicting.append('live', [{ entry }])).toMatchObject({ id: 'live' })
  expect(announced).toEqual([{ sessionId: 'old', change: 'removed' }])
  expect((await log.listSessions()).map(({ id }) => id).sort()).toEqual(['live', 'new'])
  expect(await log.read('live', 0)).toHaveLength(1)
})

test('evicts for a new session and for a change of one, too', async () => {
  const { evicting, log, announced } = await createWorld(0, ['old', 'older', 'live'])
  await evicting.addSession(session('next', 10))
  await evicting.append('live', [], { recording: false })
  expect(announced.map(({ change }) => change)).toEqual(['removed', 'removed'])
  expect((await log.getSession('live'))?.recording).toBe(false)
  expect((await log.listSessions()).map(({ id }) => id).sort()).toEqual(['live', 'next'])
})

test(
  'says that there is no space, keeps what was stored, and continues when there is some',
  async () => {
    const { evicting, log, announced, world } = await createWorld(1, ['live'])
    await evicting.append('live', [{ entry }])
    const waiting = evicting.append('live', [{ entry: { ...entry, time: 2 } }])
    await vi.waitUntil(() => announced.length > 0)
    expect(announced).toEqual([{ sessionId: 'live', change: 'no-space' }])
    expect(await log.read('live', 0)).toHaveLength(1)
    world.space = 5
    expect(await waiting).toMatchObject({ id: 'live' })
    expect(await log.read('live', 0)).toHaveLength(2)
  },
  RETRY_INTERVAL * 10,
)

test('passes any other error on to the caller', async () => {
  const { evicting } = await createWorld(5, ['live'])
  const uncloneable = { ...entry, ...{ call: () => {} } } as LogEntry
  await expect(evicting.append('live', [{ entry: uncloneable }])).rejects.toMatchObject({ name: 'DataCloneError' })
})
