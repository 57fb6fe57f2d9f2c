// Isolated world of each frame: the bridge between the page script and the background. It keeps what is not
// stored yet, and sends it again when the background's worker was stopped meanwhile. No polyfill here: it is
// 10 kB in every frame, and the few calls needed are alike in all browsers.
import type { Browser } from 'webextension-polyfill'
import type { Batch, DocumentInfo, Loss, LossReason } from '../wire/batch.ts'
import { measureResolution } from '../wire/clock-resolution.ts'
import { completeBatch } from '../wire/complete-batch.ts'
import { leftKey, toText } from '../wire/left-batch.ts'
import {
  CONNECT_EVENT,
  commandEvent,
  type PageCommand,
  type PageMessage,
  READY_EVENT,
  RELAY_PORT,
  type RelayCommand,
  type RelayMessage,
} from '../wire/messages.ts'
import { redactUrl } from '../wire/redact-url.ts'
import { EVERY_NAME, redactBatch } from '../wire/secret-names.ts'
import { type LongTasks, observeLongTasks } from './long-tasks.ts'

/** Batches sent and not confirmed: the worker holds no more than these at a time, however fast a page is. */
export const MAX_IN_FLIGHT = 16
/** Batches kept: twice what a page script sends ahead. Only a forger gets there, and is not listened to. */
export const MAX_UNSTORED = 10_000
/** Steps of the clock that are waited for: a few more would tell no more, and cost each document half a millisecond. */
const CLOCK_STEPS = 2
/** Characters of a title or URL that are told: a page may have megabytes of either. */
const MAX_TEXT_LENGTH = 10_000
/** Characters that a page which is being left puts into storage, which takes 10 MB in all. */
const MAX_KEPT_LENGTH = 4_000_000
/** Milliseconds between attempts to reach a background that stores nothing. */
const RETRY_INTERVAL = 1_000
/** Milliseconds that a relay which was told to stop has to hand over the rest; a frozen page has none. */
const MAX_DRAIN = 10_000

interface RelayWorld {
  browser?: Browser
  chrome: Browser
  /** In this world only: whether a relay is at work in this frame. */
  perfRelayActive?: boolean
}

/** Not in TypeScript's types yet. */
type PrerenderedDocument = Document & { prerendering?: boolean }

type RuntimePort = ReturnType<Browser['runtime']['connect']>

export function startRelay(): void {
  const world = globalThis as unknown as RelayWorld
  if (world.perfRelayActive) return
  world.perfRelayActive = true

  const { runtime, storage } = world.browser ?? world.chrome
  const stream = randomId()
  /** An event by this name carries what the page script has to say; no page can know it. */
  const secretEvent = randomId()
  /** Sent and not stored, oldest first; bounded by what the page script sends ahead of `stored`. */
  const unstored: { seq: number; batch: Batch }[] = []
  /** How many of them were sent by the port that is open. */
  let inFlight = 0
  /** Whether the port that is open has got anything stored. */
  let heard = false
  /** Told to stop: what is not stored yet is handed over, and then all ends. */
  let stopping = false
  let leaving = false
  let paused = false
  let keptLength = 0
  let lastSeq = 0
  /** Of parameters, as the user has set them: all there are, until the background has told. */
  let secretNames: ReadonlySet<string> = EVERY_NAME
  /** Undefined until the page script has said hello. */
  let memoryAvailable: boolean | undefined
  let port: RuntimePort | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  const busy = observeLongTasks()

  const command = (message: PageCommand): void => {
    window.dispatchEvent(new MessageEvent(commandEvent(secretEvent), { data: message }))
  }

  /** Makes way for another relay in this frame, which may come at any time. */
  const stop = (): void => {
    if (stopping) return
    stopping = true
    world.perfRelayActive = false
    window.removeEventListener(READY_EVENT, handOver)
    window.removeEventListener('pageshow', onPageShow)
    document.removeEventListener('prerenderingchange', connect)
    runtime.onMessage.removeListener(onBroadcast)
    // It says all that it has left to say before this returns.
    command({ type: 'stop' })
    window.removeEventListener(secretEvent, receive)
    busy.stop()
    if (unstored.length === 0) end()
    else setTimeout(end, MAX_DRAIN)
  }

  const end = (): void => {
    unstored.length = 0
    clearTimeout(retry)
    window.removeEventListener('pagehide', onPageHide)
    disconnect()
  }

  const onCommand = (received: unknown): void => {
    const message = received as RelayCommand
    if (message.type === 'record') {
      // What came while recording was off is no part of the session.
      if (message.on && paused) busy.take()
      paused = !message.on
      if (message.secretNames) secretNames = new Set(message.secretNames)
      command({ type: 'record', on: message.on })
    } else if (message.type === 'stop') stop()
    else if (message.type === 'discard') {
      stop()
      end()
    } else {
      heard = true
      const stored = unstored.findLastIndex(({ seq }) => seq <= message.seq) + 1
      unstored.splice(0, stored)
      inFlight = Math.max(0, inFlight - stored)
      if (stored > 0) command({ type: 'stored', batches: stored })
      if (stopping && unstored.length === 0) end()
      else sendOn()
    }
  }

  const onBroadcast = (message: unknown): undefined => onCommand(message) as undefined

  const post = (message: RelayMessage): void => port?.postMessage(message)

  /** Sends what may be sent of what was not: no more at a time than the worker should hold. */
  const sendOn = (): void => {
    while (port && inFlight < unstored.length && (leaving || inFlight < MAX_IN_FLIGHT)) {
      const { seq, batch } = unstored[inFlight++] as { seq: number; batch: Batch }
      const title = document.title.slice(0, MAX_TEXT_LENGTH)
      try {
        post({ type: 'batch', seq, title, batch })
      } catch {
        // More than the browser lets through at a time: some 64 MB.
        post({ type: 'batch', seq, title, batch: withoutOperations(batch, 'malformed') })
      }
    }
  }

  const disconnect = (): void => {
    port?.disconnect()
    port = undefined
  }

  /** Opens a port, which wakes the worker, and sends what it has not confirmed. A page that nobody sees yet waits. */
  const connect = (): void => {
    clearTimeout(retry)
    if (memoryAvailable === undefined || (document as PrerenderedDocument).prerendering) return
    let opened: RuntimePort
    try {
      opened = runtime.connect({ name: RELAY_PORT })
    } catch {
      // The extension was reloaded or removed: this relay has no one to talk to any more.
      stop()
      end()
      return
    }
    port = opened
    heard = false
    opened.onMessage.addListener(onCommand)
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return
      port = undefined
      // Without an id the extension was reloaded or removed, which connecting finds out.
      if (unstored.length === 0 && runtime.id) return
      // A worker that was stopped is there again at once; one that can't store would be asked without end.
      if (heard) connect()
      else retry = setTimeout(connect, RETRY_INTERVAL)
    })
    post({ type: 'document', document: describeDocument(stream, memoryAvailable) })
    inFlight = 0
    sendOn()
  }

  const receive = (event: Event): void => {
    const data = (event as MessageEvent<PageMessage | null>).data ?? unreadable()
    if (data.type === 'hello') {
      if (memoryAvailable !== undefined) return
      memoryAvailable = data.memoryAvailable === true
      // After the page script's own listener.
      window.addEventListener('pagehide', onPageHide)
      connect()
    } else if (unstored.length < MAX_UNSTORED) {
      completeBatch(data.batch, location.host)
      addLongTasks(data.batch, busy)
      const sent = { seq: ++lastSeq, batch: data.batch }
      unstored.push(sent)
      if (leaving) keep(sent)
      if (port) sendOn()
      else connect()
    }
  }

  /** Whether a worker still hears the port, and lives to store what it hears, can't be known any more. */
  const keep = ({ seq, batch }: (typeof unstored)[number]): void => {
    redactBatch(batch, secretNames)
    const text = toText(batch)
    keptLength += text.length
    const kept = keptLength < MAX_KEPT_LENGTH ? text : toText(withoutOperations(batch, 'page-left'))
    storage.local.set({ [leftKey(stream, seq)]: kept }).catch(() => undefined)
  }

  /** The page script has told all: what comes now is of the page's own last events. */
  const onPageHide = ({ isTrusted }: Event): void => {
    if (!isTrusted) return
    leaving = true
    keptLength = 0
    for (const sent of unstored) keep(sent)
    sendOn()
  }

  /** Ports close when a page enters the back/forward cache; and DevTools may have been closed meanwhile. */
  const onPageShow = ({ isTrusted, persisted }: PageTransitionEvent): void => {
    if (!isTrusted || !persisted) return
    leaving = false
    disconnect()
    connect()
  }

  /** Once: whoever asks again is not our page script. */
  const handOver = (): void => {
    const offer = new MessageEvent(CONNECT_EVENT, { data: secretEvent, cancelable: true })
    if (!window.dispatchEvent(offer)) window.removeEventListener(READY_EVENT, handOver)
  }
  runtime.onMessage.addListener(onBroadcast)
  window.addEventListener(secretEvent, receive)
  // Whichever of the two scripts runs second finds the other: both run before any script of the page.
  window.addEventListener(READY_EVENT, handOver)
  handOver()
  window.addEventListener('pageshow', onPageShow)
  document.addEventListener('prerenderingchange', connect)
}

/** 128 bits that nobody guesses. `crypto.randomUUID` is missing where a page came without TLS, and in `data:` frames. */
function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

function describeDocument(stream: string, memoryAvailable: boolean): DocumentInfo {
  const [navigation] = performance.getEntriesByType('navigation')
  return {
    stream,
    timeOrigin: performance.timeOrigin,
    clockResolution: measureResolution(() => performance.now(), CLOCK_STEPS),
    memoryAvailable,
    navigationType: (navigation as PerformanceNavigationTiming | undefined)?.type ?? 'navigate',
    frameId: 0,
    url: redactUrl(location.href).slice(0, MAX_TEXT_LENGTH),
    title: document.title.slice(0, MAX_TEXT_LENGTH),
    userAgent: navigator.userAgent,
  }
}

/** A page that forges a batch says nothing of its own. */
function addLongTasks(batch: Batch, busy: LongTasks): void {
  delete batch.longTasks
  delete batch.longTasksDropped
  const { longTasks, longTasksDropped } = busy.take()
  if (longTasks.length > 0) batch.longTasks = longTasks
  if (longTasksDropped > 0) batch.longTasksDropped = longTasksDropped
}

/** What a source of the page's own gave passed for data and can't be cloned: how much it was, nobody knows. */
function unreadable(): PageMessage {
  const losses: Loss[] = [{ reason: 'malformed', count: 1 }]
  return { type: 'batch', batch: { operations: [], memory: [], snapshots: [], losses } }
}

/** What is left of a batch that is too large: that it was there. */
function withoutOperations({ operations, ...batch }: Batch, reason: LossReason): Batch {
  const count = operations.reduce((sum, { columns }) => sum + columns.id.length, 0)
  return { ...batch, operations: [], losses: [...batch.losses, { reason, count }] }
}
