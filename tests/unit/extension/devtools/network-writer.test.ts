import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNetworkWriter } from '../../../../extension/devtools/network-writer.ts'
import type { LogEntry, NetworkLook } from '../../../../wire/log.ts'
import type { SessionInfo } from '../../../../wire/messages.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A request that began so many milliseconds ago, and has ended now. */
function endedNow(name: string, ago: number): NetworkRequest {
  const startTime = Date.now() - ago
  return { url: name, method: 'GET', status: 200, type: 'fetch', startTime, duration: ago, phases: {} }
}

function createWriter(info: Partial<SessionInfo> = {}) {
  const session = { id: 's1', tabId: 1, createdAt: 0, recording: true, preserveLog: true, ...info }
  const stored: { session: string; urls: string[] }[] = []
  const looks: (NetworkLook | undefined)[] = []
  let answer: 'stored' | 'gone' | 'full' = 'stored'
  const writer = createNetworkWriter({
    askSession: async () => ({ ...session }),
    async append(id, entry) {
      if (answer === 'full') throw new DOMException('full', 'QuotaExceededError')
      if (answer === 'gone') return false
      const { requests, look } = entry as LogEntry & { type: 'network' }
      looks.push(look)
      stored.push({ session: id, urls: requests.map(({ url }) => url) })
      return true
    },
  })
  return {
    writer,
    stored,
    looks,
    urls: () => stored.flatMap(({ urls }) => urls),
    async change(how: Partial<SessionInfo>) {
      Object.assign(session, how)
      writer.sessionChanged()
      await vi.advanceTimersByTimeAsync(0)
    },
    answer(how: typeof answer) {
      answer = how
    },
  }
}

test('writes the first request soon, and then twice a second at most', async () => {
  const { writer, stored } = createWriter()
  for (let i = 0; i < 100; i++) {
    writer.add(endedNow(`/${i}`, 10))
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  expect(stored.map(({ urls }) => urls.length)).toEqual([10, 50, 40])
})

test('what began before a pause is recorded when it ends in the pause, and what began in it is not', async () => {
  const { writer, urls, change } = createWriter()
  await change({ recording: false })
  await vi.advanceTimersByTimeAsync(600)
  writer.add(endedNow('/before', 1_000))
  writer.add(endedNow('/within', 300))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(urls()).toEqual(['/before'])
  await change({ recording: true })
  writer.add(endedNow('/over the end', 500))
  writer.add(endedNow('/after', 0))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(urls()).toEqual(['/before', '/over the end', '/after'])
})

test('nothing is recorded where recording was off when DevTools was opened', async () => {
  const { writer, urls, change } = createWriter({ recording: false })
  await change({})
  writer.add(endedNow('/before', 1_000))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(urls()).toEqual([])
})

test.each(['gone', 'full'] as const)('keeps what could not be stored: %s', async how => {
  const { writer, stored, answer, change } = createWriter()
  answer(how)
  writer.add(endedNow('/a', 10))
  writer.addLook({ time: 1, unanswered: [] })
  await vi.advanceTimersByTimeAsync(1_000)
  await change({ id: 's2' })
  answer('stored')
  writer.add(endedNow('/b', 10))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(stored).toEqual([{ session: 's2', urls: ['/a', '/b'] }])
})

test('writes what every look has found, also of looks that could not be stored', async () => {
  const { writer, looks, answer } = createWriter()
  const running = (name: string) => ({ time: 1, unanswered: [], running: [endedNow(name, 10)] })
  writer.addLook(running('/a'))
  writer.addLook({ time: 2, unanswered: [] })
  answer('full')
  await vi.advanceTimersByTimeAsync(200)
  writer.addLook({ ...running('/b'), time: 3 })
  answer('stored')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(looks.map(look => [look?.time, look?.running?.map(({ url }) => url)])).toEqual([[3, ['/a', '/b']]])
})

test('writes no look from before the session began', async () => {
  const { writer, looks, change } = createWriter()
  writer.addLook({ time: Date.now(), unanswered: [] })
  await change({ id: 's2', createdAt: Date.now() + 50 })
  await vi.advanceTimersByTimeAsync(1_000)
  writer.addLook({ time: Date.now(), unanswered: [], running: [endedNow('/a', 10)] })
  writer.sessionReplaced()
  writer.addLook({ time: Date.now(), unanswered: [] })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(looks.map(look => look?.time)).toEqual([undefined, Date.now() - 1_000])
})

test('leaves out what had ended before the session began', async () => {
  const { writer, urls, change } = createWriter()
  writer.add(endedNow('/before', 10))
  await change({ id: 's2', createdAt: Date.now() + 50 })
  await vi.advanceTimersByTimeAsync(60)
  writer.add(endedNow('/over', 100))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(urls()).toEqual(['/over'])
})
