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
  const log = openSessionLog(`room ${++databases}`)
  for (const [i, id] of ids.entries()) await log.addSession(session(id, i))
  const told: LogChange[] = []
  const world = { space, told, log }
  const take = (): void => {
    if (world.space === 0) throw new DOMException('no space', 'QuotaExceededError')
    world.space--
  }
  const limited: typeof log = {
    ...log,
    async addSession(info) {
      take()
      await log.addSession(info)
    },
    async changeSession(id, how) {
      take()
      await log.changeSession(id, how)
    },
    async append(id, entries) {
      take()
      return log.append(id, entries)
    },
    async remove(id) {
      await log.remove(id)
      world.space++
    },
  }
  const roomy = withEviction(
    limited,
    async () => ['live'],
    change => told.push(change),
  )
  return { world, told, log, roomy }
}

test('the oldest sessions make room, and what was to be stored is stored', async () => {
  const { roomy, log, told } = await createWorld(0, ['old', 'live', 'new'])
  expect(await roomy.append('live', [{ entry }])).toBe(true)
  expect(told).toEqual([{ sessionId: 'old', change: 'removed' }])
  expect((await log.listSessions()).map(({ id }) => id).sort()).toEqual(['live', 'new'])
  expect(await log.read('live', 0)).toHaveLength(1)
})

test('a new session and a change of one find room alike', async () => {
  const { roomy, log, told } = await createWorld(0, ['old', 'older', 'live'])
  await roomy.addSession(session('next', 10))
  await roomy.changeSession('live', { recording: false })
  expect(told.map(({ change }) => change)).toEqual(['removed', 'removed'])
  expect((await log.getSession('live'))?.recording).toBe(false)
  expect((await log.listSessions()).map(({ id }) => id).sort()).toEqual(['live', 'next'])
})

test(
  'says that there is no space, keeps what was stored, and goes on when there is some',
  async () => {
    const { roomy, log, told, world } = await createWorld(1, ['live'])
    await roomy.append('live', [{ entry }])
    const waiting = roomy.append('live', [{ entry: { ...entry, time: 2 } }])
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
  const { roomy } = await createWorld(5, ['live'])
  const uncloneable = { ...entry, ...{ call: () => {} } } as LogEntry
  await expect(roomy.append('live', [{ entry: uncloneable }])).rejects.toMatchObject({ name: 'DataCloneError' })
})
