// The tortured page, in each of its frames: tracks operations at rates that vary, while it is recorded, and counts
// them. Each has a name of its own.
import type { PerformanceMonitor } from '../../monitor/index.ts'

/** How many operations a document has made so far, while it was recorded. */
export interface Made {
  /** Names this document: its operations are `ID.1`, `ID.2` …, or beacons whose path ends in that. */
  id: string
  made: number
  /** Whether the extension's page script is at work in it. */
  recorded: boolean
  /** Whether it was left for the back/forward cache. */
  cached: boolean
}

/** What the top frame has for whoever drives it. */
export interface TortureTop {
  /** Of all frames; with `stop` they make no more. */
  askMakers(stop: boolean): Promise<Made[]>
  /** Whether this document has come back from the back/forward cache. */
  restored: boolean
}

interface MakerWindow {
  PerformanceMonitor?: typeof PerformanceMonitor
}

const FRAMES = 3
const id = crypto.randomUUID().slice(0, 8)
let made = 0
let stopped = false
/** In the back/forward cache, or on the way there. */
let away = false

const isRecorded = (): boolean => 'PerformanceMonitor' in window
const own = (cached: boolean): Made => ({ id, made, recorded: isRecorded(), cached })
const sleep = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Nothing is recorded while DevTools is closed: then there is no monitor on `window`, and nothing is made. */
function make(work: () => Promise<unknown>): void {
  const monitor = (window as MakerWindow).PerformanceMonitor?.getInstance()
  if (!monitor || stopped || away) return
  made++
  monitor.trackOperation(`${id}.${made}`, work).catch(() => undefined)
}

function burst(count: number): void {
  for (let i = 0; i < count; i++) make(async () => i)
}

/** Long and short, at once and spread, failing ones too: what an app's operations are like. */
const PATTERNS: readonly (() => Promise<unknown>)[] = [
  async () => burst(200 + Math.random() * 2_000),
  async () => {
    for (let i = 0; i < 20; i++) {
      make(() => sleep(Math.random() * 20))
      await sleep(Math.random() * 5)
    }
  },
  async () => {
    for (let i = 0; i < 10; i++) {
      burst(100)
      await sleep(5)
    }
  },
  async () => {
    for (let i = 0; i < 50; i++) make(() => sleep(i).then(() => Promise.reject(new Error('torture'))))
    await sleep(20)
  },
  () => sleep(Math.random() * 300),
]

async function makeOn(): Promise<void> {
  while (!stopped) {
    await PATTERNS[Math.floor(Math.random() * PATTERNS.length)]?.()
    await sleep(Math.random() * 20)
  }
}

/** Operations are made to the very end of the page, and in its last event. */
addEventListener('pagehide', ({ persisted }) => {
  burst(5)
  away = true
  // The beacon is an operation, too.
  if (isRecorded()) made++
  navigator.sendBeacon(`/made/${id}.${made}`, JSON.stringify(own(persisted)))
})

addEventListener('pageshow', () => {
  away = false
})

const answers = new Map<string, Made>()
addEventListener('message', ({ data, source }: MessageEvent<{ ask?: boolean; stop?: boolean; answer?: Made }>) => {
  if (data.answer) answers.set(data.answer.id, data.answer)
  if (!data.ask) return
  stopped ||= data.stop === true
  source?.postMessage({ answer: own(false) }, { targetOrigin: '*' })
})

if (window === top) {
  const origins = [location.origin, location.origin.replace('127.0.0.1', 'localhost')]
  for (const origin of origins) {
    const frame = document.createElement('iframe')
    frame.src = `${origin}${location.pathname}?frame`
    document.documentElement.append(frame)
  }
  const page: TortureTop = {
    restored: false,
    async askMakers(stop) {
      answers.clear()
      stopped ||= stop
      answers.set(id, own(false))
      while (answers.size < FRAMES) {
        for (let i = 0; i < frames.length; i++) frames[i]?.postMessage({ ask: true, stop }, '*')
        await sleep(20)
      }
      return [...answers.values()]
    },
  }
  Object.assign(window, page)
  addEventListener('pageshow', ({ persisted }) => Object.assign(window, { restored: persisted }))
}
void makeOn()
