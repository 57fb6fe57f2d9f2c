import { expect, test } from 'vitest'
import { createRequestList } from '../../../../extension/devtools/request-list.ts'
import type { HarEntry } from '../../../../wire/har-entry.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'

const START = Date.UTC(2026, 10, 23, 12)
const NAMES: ReadonlySet<string> = new Set()

/** @param at milliseconds after START. */
function running(path: string, at = 0): HarEntry {
  return {
    startedDateTime: new Date(START + at).toISOString(),
    time: 0,
    request: { url: `https://shop.example${path}`, method: 'GET' },
    response: { status: 0, _transferSize: 0 },
    _resourceType: 'fetch',
    _initiator: { type: 'script', stack: { callFrames: [{ functionName: 'buy' }] } },
  }
}

const answered = (path: string, at = 0, status = 200): HarEntry => ({
  ...running(path, at),
  time: 30,
  response: { status },
  timings: { blocked: 1, wait: 20 },
})

const urls = (requests: readonly NetworkRequest[] = []) => requests.map(({ url }) => new URL(url).pathname)

function createList(max?: number) {
  const list = createRequestList(max)
  return {
    list,
    read(entries: HarEntry[], at = 1_000) {
      const { unfinished, look } = list.read(entries, NAMES, START + at)
      return { unfinished: urls(unfinished), running: urls(look.running), look }
    },
    end(entry: HarEntry) {
      const { url = '' } = entry.request ?? {}
      const startTime = Date.parse(entry.startedDateTime ?? '')
      list.noteEnded({ url, method: 'GET', status: 200, type: 'fetch', startTime, duration: 30, phases: { queued: 1 } })
    },
  }
}

test('reports a request without a response once, with what called it and how long it has taken', () => {
  const { list, read } = createList()
  const { look: first } = list.read([running('/a')], NAMES, START + 700)
  expect(first.running).toMatchObject([
    { url: 'https://shop.example/a', status: 0, duration: 700, unfinished: true, initiator: { type: 'script' } },
  ])
  expect(first.running?.[0]).not.toHaveProperty('transferSize')
  const { running: again, look } = read([running('/a'), running('/b')])
  expect(again).toEqual(['/b'])
  expect(look.unanswered).toEqual(['GET https://shop.example/a', 'GET https://shop.example/b'])
})

test('reports each of several that began at once', () => {
  const { read } = createList()
  expect(read([running('/a'), running('/a')]).running).toEqual(['/a', '/a'])
  expect(read([running('/a'), running('/a'), running('/a')]).running).toEqual(['/a'])
  expect(read([running('/a'), running('/a'), running('/a')]).running).toEqual([])
})

test('reports a request with a response once while its body has not ended', () => {
  const { read, end } = createList()
  expect(read([answered('/a'), answered('/gone', 0, 0)]).unfinished).toEqual(['/a'])
  expect(read([answered('/a'), answered('/b')]).unfinished).toEqual(['/b'])
  end(answered('/c'))
  expect(read([answered('/a'), answered('/b'), answered('/c')]).unfinished).toEqual([])
})

test.each(['fetch', 'xhr'])('takes a %s whose response came while DevTools read its entry for running', type => {
  const { read, list } = createList()
  // The times were read before the response came, and the response afterwards.
  const torn: HarEntry = { ...answered('/a'), _resourceType: type, time: 0, timings: { blocked: -1 } }
  const { unfinished, running: found, look } = read([torn])
  expect([unfinished, found, look.unanswered]).toEqual([[], ['/a'], ['GET https://shop.example/a']])
  expect(look.running?.[0]?.status).toBe(0)
  expect(list.read([torn], NAMES, START + 1_000).expectsMore).toBe(true)
  expect(read([{ ...answered('/a'), _resourceType: type }])).toMatchObject({ unfinished: ['/a'], running: [] })
})

test.each(['image', 'document'])('reports a %s whose response came while DevTools read its entry once', type => {
  const { read } = createList()
  const entry: HarEntry = { ...answered('/a'), _resourceType: type }
  const { unfinished, look } = read([{ ...entry, time: 0, timings: { blocked: -1 } }])
  expect([unfinished, look.unanswered]).toEqual([[], []])
  expect(read([entry]).unfinished).toEqual(['/a'])
  expect(read([entry]).unfinished).toEqual([])
})

test('takes nothing for running that ended without taking time, as a data: URL', () => {
  const { read, list } = createList()
  const entry: HarEntry = { ...answered('/a'), time: 0, timings: {} }
  const { url = '' } = entry.request ?? {}
  list.noteEnded({ url, method: 'GET', status: 200, type: 'fetch', startTime: START, duration: 0, phases: {} })
  expect(read([entry])).toMatchObject({ unfinished: [], running: [], look: { unanswered: [] } })
})

test('reports another session again what has not ended, and nothing else', () => {
  const { list, read, end } = createList()
  const entries = [running('/a'), answered('/b'), answered('/c')]
  end(answered('/c'))
  read(entries)
  list.forgetReported()
  const { unfinished, running: again } = read(entries)
  expect([unfinished, again]).toEqual([['/b'], ['/a']])
})

test('reports what began in a pause after it', () => {
  const { list, read } = createList()
  const entries = [running('/a'), answered('/b'), running('/c', 500), answered('/d', 500)]
  const { unfinished, look } = list.read(entries, NAMES, START + 1_000, START + 500)
  expect([urls(unfinished), urls(look.running), look.unanswered.length]).toEqual([['/b'], ['/a'], 2])
  expect(read(entries)).toMatchObject({ unfinished: ['/d'], running: ['/c'] })
})

test('takes nothing for unfinished of which it has forgotten that it ended', () => {
  const { read, end } = createList(2)
  for (const at of [0, 1, 2]) end(answered('/a', at))
  expect(read([answered('/a', 0), answered('/a', 1), answered('/a', 2), answered('/a', 3)]).unfinished).toEqual(['/a'])
})

test('knows when the user has emptied the list, and not by a navigation', () => {
  const { list, read } = createList()
  expect(read([running('/a'), running('/b')]).look.since).toBeUndefined()
  list.navigated()
  expect(read([running('/c')]).look.since).toBeUndefined()
  expect(read([], 5_000).look.since).toBe(START + 5_000)
  expect(read([running('/d')], 6_000).look.since).toBe(START + 5_000)
})

test('reports a body again when more of it has come, and expects more until it is silent for a minute', () => {
  const { list } = createList()
  const received = (time: number): HarEntry => ({ ...answered('/stream'), time })
  const news = (time: number, at: number) => {
    const { unfinished, expectsMore } = list.read([received(time)], NAMES, START + at)
    return [...unfinished.map(({ duration }) => duration), expectsMore]
  }
  expect(news(30, 250)).toEqual([30, true])
  expect(news(900, 1_000)).toEqual([true])
  expect(news(1_100, 2_000)).toEqual([1_100, true])
  expect(news(10_500, 11_000)).toEqual([10_500, true])
  expect(news(10_500, 70_499)).toEqual([true])
  expect(news(10_500, 70_500)).toEqual([false])
  list.noteEnded({
    ...{ url: 'https://shop.example/stream', method: 'GET', status: 200, type: 'fetch', startTime: START },
    ...{ duration: 90_000, phases: { queued: 1 } },
  })
  expect(news(90_000, 90_100)).toEqual([false])
})
