// Test (Node): the panel follows the tab's session and reads its log, each record once.
import { expect, test, vi } from 'vitest'
import {
  followSession,
  MAX_STORAGE_WAIT,
  RETRY_INTERVAL,
} from '../../../../../panel/app/connection/session-connection.ts'
import { emptySession } from '../../../../../storage/stored-session.ts'
import type { LogEntry, LogRecord } from '../../../../../wire/log.ts'
import type { LogChange, StoredSession } from '../../../../../wire/messages.ts'

const sessionOf = (id: string): StoredSession =>
  emptySession({ id, tabId: 1, createdAt: 0, recording: true, preserveLog: true })

/** A background and a log in memory. A read takes one turn of the event loop. */
function createWorld() {
  const logs = new Map<string, LogRecord[]>()
  const listeners = new Set<(change: LogChange) => void>()
  const shown: { session: string | null; times: number[] }[] = []
  const world = {
    session: null as StoredSession | null,
    /** How often the background was asked for it. */
    asked: 0,
    reachable: true,
    shown,
    listeners,
    disconnected: false,
    taken: undefined as ((session: StoredSession | null) => void) | undefined,
    /** What reading the log fails with. */
    broken: undefined as Error | undefined,
    unreadable: [] as string[],
    /** Whether something else holds the storage. */
    held: false,
    /** Whether it can't say how much there is of a session. */
    failing: false,
    /** Called during the first read, the second read, and so on. */
    duringRead: [] as (() => void)[],
    append(id: string, ...times: number[]) {
      const log = logs.get(id) ?? []
      logs.set(id, log)
      for (const time of times) {
        log.push({ session: id, n: log.length + 1, entry: { type: 'recording', on: true, time } })
      }
      world.announce({ sessionId: id, change: 'appended' })
    },
    stored: (id: string) => logs.get(id)?.length ?? 0,
    announce(change: LogChange) {
      for (const listener of listeners) listener(change)
    },
    follow: () =>
      followSession(
        {
          async askSession() {
            world.asked++
            if (!world.reachable) throw new Error('Extension context invalidated.')
            return world.session
          },
          isGone: () => !world.reachable,
          log: {
            async getSession(id) {
              if (world.held) await new Promise(() => undefined)
              if (world.failing) throw new Error('damaged')
              return { ...sessionOf(id), bytes: logs.get(id)?.length ?? 0 }
            },
            async read(id, after) {
              if (world.broken) throw world.broken
              const found = (logs.get(id) ?? []).filter(({ n }) => n > after).slice(0, 2)
              world.duringRead.shift()?.()
              await new Promise(resolve => setTimeout(resolve))
              return found
            },
          },
          onLogChange(listener) {
            listeners.add(listener)
            return () => listeners.delete(listener)
          },
        },
        {
          onSession(session) {
            world.taken?.(session)
            const id = session?.id ?? null
            if (shown.at(-1)?.session !== id) shown.push({ session: id, times: [] })
          },
          async onEntries(entries: LogEntry[]) {
            for (const entry of entries) if (entry.type === 'recording') shown.at(-1)?.times.push(entry.time)
          },
          onRead() {},
          onNoSpace() {},
          onUnreadable: ({ message }) => world.unreadable.push(message),
          onDisconnected() {
            world.disconnected = true
          },
        },
      ),
  }
  return world
}

test('reports each record once and in order, whether stored before or during a read', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1, 2, 3, 4, 5)
  world.duringRead = [() => world.append('s', 6), () => undefined, () => world.append('s', 7, 8)]
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 8)
  expect(world.shown).toEqual([{ session: 's', times: [1, 2, 3, 4, 5, 6, 7, 8] }])
  followed.stop()
  expect(world.listeners.size).toBe(0)
})

test('catches up with all that is stored by then, however much is stored meanwhile', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1, 2, 3, 4, 5)
  // A page that is faster than the panel: reading never comes to an end.
  world.duringRead = Array.from({ length: 500 }, (_, i) => () => world.append('s', 100 + i, 200 + i))
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length)
  for (let round = 0; round < 3; round++) {
    const stored = world.stored('s')
    expect(world.shown.at(-1)?.times.length).toBeLessThan(stored)
    await followed.catchUp()
    expect(world.shown.at(-1)?.times.length).toBeGreaterThanOrEqual(stored)
    expect(world.shown.at(-1)?.times.length).toBeLessThan(world.stored('s'))
  }
  followed.stop()
})

test('waits no longer than a while for storage that gives no answer', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.length > 0)
  vi.useFakeTimers()
  try {
    world.held = true
    let isOver = false
    void followed.catchUp().then(() => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(MAX_STORAGE_WAIT - 1)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isOver).toBe(true)
  } finally {
    vi.useRealTimers()
    followed.stop()
  }
})

test('does not wait for storage that fails', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.failing = true
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.length > 0)
  await followed.catchUp()
  followed.stop()
})

test('waits for nothing that will not be read', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1)
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  await followed.catchUp()
  const catchUp = (): Promise<void> => {
    world.append('s', 2, 3, 4, 5, 6)
    return followed.catchUp()
  }
  const replaced = catchUp()
  world.announce({ sessionId: 's', change: 'replaced', session: sessionOf('t') })
  await replaced
  followed.take(sessionOf('s'))
  world.broken = new Error('damaged')
  await catchUp()
  expect(world.unreadable).toEqual(['damaged'])
  world.broken = undefined
  const stopped = catchUp()
  followed.stop()
  await stopped
  await followed.catchUp()
})

test('starts again with an empty session when the session is replaced', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1, 2, 3)
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 3)
  world.session = sessionOf('t')
  world.append('t', 9)
  world.announce({ sessionId: 's', change: 'replaced', session: sessionOf('t') })
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  expect(world.shown).toEqual([
    { session: 's', times: [1, 2, 3] },
    { session: 't', times: [9] },
  ])
  followed.stop()
})

test('reports no record of a replaced session for the new one if it is replaced during a read', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1, 2, 3)
  world.duringRead = [
    () => {
      world.session = sessionOf('t')
      world.append('t', 9)
      world.announce({ sessionId: 's', change: 'replaced', session: sessionOf('t') })
    },
  ]
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.session === 't' && world.shown.at(-1)?.times.length === 1)
  expect(world.shown.at(-1)).toEqual({ session: 't', times: [9] })
  followed.stop()
})

test('takes the session from an answer and from what is announced, and asks for it once', async () => {
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1)
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  const taken: (boolean | undefined)[] = []
  world.taken = session => taken.push(session?.recording)
  followed.take({ ...sessionOf('s'), recording: false })
  world.announce({ sessionId: 's', change: 'session', session: { ...sessionOf('s'), recording: true } })
  world.announce({ sessionId: 'other', change: 'session', session: { ...sessionOf('other'), recording: false } })
  followed.take(sessionOf('t'))
  world.append('t', 9)
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1 && world.shown.at(-1)?.session === 't')
  expect(taken).toEqual([false, true, true])
  expect(world.shown).toEqual([
    { session: 's', times: [1] },
    { session: 't', times: [9] },
  ])
  expect(world.asked).toBe(1)
  followed.stop()
  followed.take(sessionOf('u'))
  expect(taken).toHaveLength(3)
})

test('an answer to a question from before a session was taken is out of date', async () => {
  const world = createWorld()
  world.session = sessionOf('old')
  const followed = world.follow()
  followed.take(sessionOf('new'))
  world.append('new', 1)
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  expect(world.shown).toEqual([{ session: 'new', times: [1] }])
  followed.stop()
})

test('asks again while the tab has no session', async () => {
  vi.useFakeTimers()
  const world = createWorld()
  const followed = world.follow()
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL * 2)
  expect(world.shown).toEqual([{ session: null, times: [] }])
  world.session = sessionOf('s')
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL)
  expect(world.shown.at(-1)?.session).toBe('s')
  followed.stop()
  vi.useRealTimers()
})

test('reports that the background is gone', async () => {
  const world = createWorld()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  world.reachable = false
  const followed = world.follow()
  await vi.waitUntil(() => world.disconnected)
  followed.stop()
  vi.restoreAllMocks()
})

test('asks again at the next change if the background could not be reached, and then reads on', async () => {
  const world = createWorld()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  world.session = sessionOf('s')
  world.append('s', 1)
  const followed = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  world.reachable = false
  world.announce({ sessionId: 's', change: 'removed' })
  await vi.waitUntil(() => world.disconnected)
  world.disconnected = false
  world.append('s', 2)
  await vi.waitUntil(() => world.disconnected)
  expect(world.shown.at(-1)?.times).toEqual([1])
  world.reachable = true
  world.append('s', 3)
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 3)
  expect(world.shown).toEqual([{ session: 's', times: [1, 2, 3] }])
  followed.stop()
  vi.restoreAllMocks()
})

test('reports that the log cannot be read, retries every second, and continues where it stopped', async () => {
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const world = createWorld()
  world.session = sessionOf('s')
  world.append('s', 1)
  const followed = world.follow()
  await vi.advanceTimersByTimeAsync(1)
  world.broken = new Error('Internal error opening backing store.')
  world.append('s', 2)
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL)
  expect(world.unreadable).toEqual([world.broken.message, world.broken.message])
  world.append('s', 3)
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL)
  // The change in between caused one more try, and delayed the next.
  expect(world.unreadable).toHaveLength(4)
  world.broken = undefined
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL + 10)
  expect(world.shown).toEqual([{ session: 's', times: [1, 2, 3] }])
  expect(world.disconnected).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
  followed.stop()
  vi.restoreAllMocks()
  vi.useRealTimers()
})
