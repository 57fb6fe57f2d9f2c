import { expect, test, vi } from 'vitest'
import { followSession, RETRY_INTERVAL } from '../../../../../panel/app/connection/session-connection.ts'
import type { LogEntry, LogRecord } from '../../../../../wire/log.ts'
import type { LogChange, SessionInfo } from '../../../../../wire/messages.ts'

const infoOf = (id: string): SessionInfo => ({ id, tabId: 1, createdAt: 0, recording: true, preserveLog: true })

/** A background and a log in memory. A read takes one turn of the event loop. */
function createWorld() {
  const logs = new Map<string, LogRecord[]>()
  const listeners = new Set<(change: LogChange) => void>()
  const shown: { session: string | null; times: number[] }[] = []
  const world = {
    session: null as SessionInfo | null,
    reachable: true,
    shown,
    listeners,
    disconnected: false,
    /** The error with which reading the log fails. */
    broken: undefined as Error | undefined,
    unreadable: [] as string[],
    /** Called during the first read, the second read, and so on. */
    duringRead: [] as (() => void)[],
    append(id: string, ...times: number[]) {
      const log = logs.get(id) ?? []
      logs.set(id, log)
      for (const time of times) {
        log.push({ session: id, n: log.length + 1, entry: { type: 'recording', on: true, time } })
      }
      world.notify({ sessionId: id, change: 'appended' })
    },
    notify(change: LogChange) {
      for (const listener of listeners) listener(change)
    },
    follow: () =>
      followSession(
        {
          async askSession() {
            if (!world.reachable) throw new Error('Extension context invalidated.')
            return world.session
          },
          isGone: () => !world.reachable,
          log: {
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
            const id = session?.id ?? null
            if (shown.at(-1)?.session !== id) shown.push({ session: id, times: [] })
          },
          async onEntries(entries: LogEntry[]) {
            for (const entry of entries) if (entry.type === 'recording') shown.at(-1)?.times.push(entry.time)
          },
          onRead() {},
          onFull() {},
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
  world.session = infoOf('s')
  world.append('s', 1, 2, 3, 4, 5)
  world.duringRead = [() => world.append('s', 6), () => undefined, () => world.append('s', 7, 8)]
  const stop = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 8)
  expect(world.shown).toEqual([{ session: 's', times: [1, 2, 3, 4, 5, 6, 7, 8] }])
  stop()
  expect(world.listeners.size).toBe(0)
})

test('starts again with an empty session when the session is replaced', async () => {
  const world = createWorld()
  world.session = infoOf('s')
  world.append('s', 1, 2, 3)
  const stop = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 3)
  world.session = infoOf('t')
  world.append('t', 9)
  world.notify({ sessionId: 's', change: 'replaced' })
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  expect(world.shown).toEqual([
    { session: 's', times: [1, 2, 3] },
    { session: 't', times: [9] },
  ])
  stop()
})

test('reports no record of a replaced session for the new one if it is replaced during a read', async () => {
  const world = createWorld()
  world.session = infoOf('s')
  world.append('s', 1, 2, 3)
  world.duringRead = [
    () => {
      world.session = infoOf('t')
      world.append('t', 9)
      world.notify({ sessionId: 's', change: 'replaced' })
    },
  ]
  const stop = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.session === 't' && world.shown.at(-1)?.times.length === 1)
  expect(world.shown.at(-1)).toEqual({ session: 't', times: [9] })
  stop()
})

test('asks again while the tab has no session', async () => {
  vi.useFakeTimers()
  const world = createWorld()
  const stop = world.follow()
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL * 2)
  expect(world.shown).toEqual([{ session: null, times: [] }])
  world.session = infoOf('s')
  await vi.advanceTimersByTimeAsync(RETRY_INTERVAL)
  expect(world.shown.at(-1)?.session).toBe('s')
  stop()
  vi.useRealTimers()
})

test('reports that the background is gone', async () => {
  const world = createWorld()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  world.reachable = false
  const stop = world.follow()
  await vi.waitUntil(() => world.disconnected)
  stop()
  vi.restoreAllMocks()
})

test('asks again at the next change if the background could not be reached, and then reads on', async () => {
  const world = createWorld()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  world.session = infoOf('s')
  world.append('s', 1)
  const stop = world.follow()
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 1)
  world.reachable = false
  world.notify({ sessionId: 's', change: 'session' })
  await vi.waitUntil(() => world.disconnected)
  world.disconnected = false
  world.append('s', 2)
  await vi.waitUntil(() => world.disconnected)
  expect(world.shown.at(-1)?.times).toEqual([1])
  world.reachable = true
  world.append('s', 3)
  await vi.waitUntil(() => world.shown.at(-1)?.times.length === 3)
  expect(world.shown).toEqual([{ session: 's', times: [1, 2, 3] }])
  stop()
  vi.restoreAllMocks()
})

test('reports that the log cannot be read, retries every second, and continues where it stopped', async () => {
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const world = createWorld()
  world.session = infoOf('s')
  world.append('s', 1)
  const stop = world.follow()
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
  stop()
  vi.restoreAllMocks()
  vi.useRealTimers()
})
