// Test (Node): which performance entries become page events. A test with those of a real browser is
// tests/browser/page-events.spec.ts.
import './page-globals.ts'

import { afterAll, beforeEach, expect, test, vi } from 'vitest'

interface Entry {
  entryType: string
  name: string
  startTime: number
  duration: number
  interactionId?: number
  scripts?: object[]
}

class FakeEntry {
  constructor(readonly values: Partial<Entry> & { sourceURL?: string }) {}
  get entryType() {
    return this.values.entryType
  }
  get name() {
    return this.values.name
  }
  get startTime() {
    return this.values.startTime
  }
  get duration() {
    return this.values.duration
  }
}
class FakeInteraction extends FakeEntry {
  get interactionId() {
    return this.values.interactionId
  }
}
class FakeFrame extends FakeEntry {
  get scripts() {
    return this.values.scripts
  }
}
class FakeScript extends FakeEntry {
  get sourceURL() {
    return this.values.sourceURL
  }
}
class FakeList {
  constructor(readonly entries: FakeEntry[]) {}
  getEntries() {
    return this.entries
  }
}

let notify: (entries: FakeEntry[]) => void = () => undefined
const observedTypes: string[] = []
class FakeObserver {
  static supportedEntryTypes = ['event', 'first-input', 'long-animation-frame', 'resource', 'soft-navigation']
  waiting: FakeEntry[] = []
  constructor(callback: (list: FakeList) => void) {
    notify = entries => callback(new FakeList(entries))
  }
  observe(options: { type: string }) {
    expect(options).not.toHaveProperty('entryTypes')
    observedTypes.push(options.type)
  }
  takeRecords() {
    return this.waiting.splice(0)
  }
  disconnect() {
    observedTypes.length = 0
  }
}
vi.stubGlobal('PerformanceEntry', FakeEntry)
vi.stubGlobal('PerformanceEventTiming', FakeInteraction)
vi.stubGlobal('PerformanceLongAnimationFrameTiming', FakeFrame)
vi.stubGlobal('PerformanceScriptTiming', FakeScript)
vi.stubGlobal('PerformanceObserver', FakeObserver)
vi.stubGlobal('PerformanceObserverEntryList', FakeList)
const { MAX_PAGE_EVENTS, observePageEvents } = await import('../../../injected/page-events.ts')

afterAll(() => vi.unstubAllGlobals())
let news = 0
let events: ReturnType<typeof observePageEvents>
beforeEach(() => {
  news = 0
  observedTypes.length = 0
  events = observePageEvents(() => void news++)
  events.record(true)
})

/** Copies, as the relay gets them. */
const taken = () => structuredClone(events.take())

const click = (startTime: number, interactionId = 7): FakeEntry =>
  new FakeInteraction({ entryType: 'event', name: 'click', startTime, duration: 24, interactionId })
const softTo = (name: string): FakeEntry =>
  new FakeEntry({ entryType: 'soft-navigation', name, startTime: 1, duration: 0 })
const frame = (scripts: [number, string][]): FakeEntry =>
  new FakeFrame({
    entryType: 'long-animation-frame',
    name: 'long-animation-frame',
    startTime: 3,
    duration: 80,
    scripts: scripts.map(([duration, sourceURL]) => new FakeScript({ duration, sourceURL })),
  })

test('observes the types that the browser has', () => {
  expect(observedTypes).toEqual(['event', 'long-animation-frame', 'soft-navigation'])
  events.stop()
  expect(observedTypes).toEqual([])
})

test('calls nothing that the page has put on a prototype', () => {
  const { observe, disconnect, takeRecords } = FakeObserver.prototype
  const hook = vi.fn()
  Object.assign(FakeObserver.prototype, { observe: hook, disconnect: hook, takeRecords: hook })
  Object.assign(Object.prototype, { entryTypes: ['resource'] })
  try {
    const late = observePageEvents(() => undefined)
    late.take()
    late.stop()
    expect(hook).not.toHaveBeenCalled()
  } finally {
    Reflect.deleteProperty(Object.prototype, 'entryTypes')
    Object.assign(FakeObserver.prototype, { observe, disconnect, takeRecords })
  }
})

test('records interactions, and no other events', () => {
  notify([click(5), click(6, 0)])
  expect(taken()).toEqual([{ type: 'interaction', start: 5, duration: 24, name: 'click', id: 7 }])
  expect(taken()).toEqual([])
  expect(news).toBe(1)
  notify([click(7, 0)])
  expect(news).toBe(1)
})

test('names a frame by the script that ran longest', () => {
  notify([
    frame([
      [10, 'https://a.example/short.js'],
      [60, 'https://a.example/long.js?key=secret#x'],
    ]),
    frame([]),
  ])
  expect(taken().map(({ name }) => name)).toEqual(['https://a.example/long.js', ''])
})

test.each([
  ['https://a.example/orders?token=secret', 'https://a.example/orders'],
  ['https://user:secret@a.example/orders#access_token=secret', 'https://a.example/orders'],
  ['https://a.example/?a=1#/orders/1?token=secret', 'https://a.example/'],
  ['https://a.example/#/orders/1?token=secret', 'https://a.example/#/orders/1'],
  ['https://a.example/#!/orders', 'https://a.example/#!/orders'],
  [`data:text/html,${'x'.repeat(100_000)}`, `data:text/html,${'x'.repeat(1_985)}`],
])('keeps of %.60s no query', (url, kept) => {
  notify([softTo(url)])
  expect(taken()[0]?.name).toBe(kept)
})

test('leaves out what comes while recording is off', () => {
  events.record(false)
  notify([click(5)])
  expect(taken()).toEqual([])
  expect(news).toBe(0)
  events.record(true)
  notify([click(5), click(performance.now() + 1_000)])
  expect(taken()).toHaveLength(1)
})

test('keeps a bounded number, and counts the rest', () => {
  notify(Array.from({ length: MAX_PAGE_EVENTS + 5 }, () => click(5)))
  expect(taken()).toHaveLength(MAX_PAGE_EVENTS)
  expect([events.takeDropped(), events.takeDropped()]).toEqual([5, 0])
})
