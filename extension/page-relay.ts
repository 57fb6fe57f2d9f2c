// Isolated world of each frame: the bridge between the page script and the background. It keeps what is not
// stored yet, and sends it again when the background's worker was stopped meanwhile. No polyfill here: it is
// 10 kB in every frame, and the few calls needed are alike in all browsers.
import type { Browser } from 'webextension-polyfill'
import type { Batch, DocumentInfo } from '../wire/batch.ts'
import { completeBatch } from '../wire/complete-batch.ts'
import {
  CONNECT_EVENT,
  type PageCommand,
  type PageInfo,
  type PageMessage,
  READY_EVENT,
  RELAY_PORT,
  type RelayCommand,
  type RelayMessage,
} from '../wire/messages.ts'
import { redactUrl } from '../wire/redact-url.ts'
import { type LongTasks, observeLongTasks } from './long-tasks.ts'

/** Batches sent and not confirmed: the worker holds no more than these at a time, however fast a page is. */
export const MAX_IN_FLIGHT = 16
/** Batches kept: twice what a page script sends ahead. Only a forger gets there, and is not listened to. */
export const MAX_UNSTORED = 10_000
/** Characters of a title or URL that are told: a page may have megabytes of either. */
const MAX_TEXT_LENGTH = 10_000

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

  const { runtime } = world.browser ?? world.chrome
  const stream = crypto.randomUUID()
  /** An event by this name carries what a page that is being left has to say; no page can know it. */
  const secretEvent = crypto.randomUUID()
  const { port1: pagePort, port2: handedOver } = new MessageChannel()
  /** Sent and not stored, oldest first; bounded by what the page script sends ahead of `stored`. */
  const unstored: { seq: number; batch: Batch }[] = []
  /** How many of them were sent by the port that is open. */
  let inFlight = 0
  let leaving = false
  let paused = false
  let lastSeq = 0
  let info: PageInfo | undefined
  let port: RuntimePort | undefined
  const busy = observeLongTasks()

  const command = (message: PageCommand): void => pagePort.postMessage(message)

  const stop = (): void => {
    command({ type: 'stop' })
    pagePort.close()
    busy.stop()
    unstored.length = 0
    window.removeEventListener(secretEvent, onSecretEvent)
    window.removeEventListener(READY_EVENT, handOver)
    window.removeEventListener('pagehide', onCached)
    window.removeEventListener('pageshow', onCached)
    document.removeEventListener('freeze', onFreeze)
    document.removeEventListener('prerenderingchange', connect)
    runtime.onMessage.removeListener(onBroadcast)
    port?.disconnect()
    port = undefined
    world.perfRelayActive = false
  }

  const onCommand = (received: unknown): void => {
    const message = received as RelayCommand
    if (message.type === 'record') {
      // What came while recording was off is no part of the session.
      if (message.on && paused) busy.take()
      paused = !message.on
      command(message)
    } else if (message.type === 'stop') stop()
    else {
      const stored = unstored.findLastIndex(({ seq }) => seq <= message.seq) + 1
      unstored.splice(0, stored)
      inFlight = Math.max(0, inFlight - stored)
      if (stored > 0) command({ type: 'stored', batches: stored })
      sendOn()
    }
  }

  const onBroadcast = (message: unknown): undefined => onCommand(message) as undefined

  const post = (message: RelayMessage): void => port?.postMessage(message)

  /** Sends what may be sent of what was not. */
  const sendOn = (): void => {
    while (port && inFlight < unstored.length && (leaving || inFlight < MAX_IN_FLIGHT)) {
      const { seq, batch } = unstored[inFlight++] as { seq: number; batch: Batch }
      const title = document.title.slice(0, MAX_TEXT_LENGTH)
      try {
        post({ type: 'batch', seq, title, batch })
      } catch {
        // More than the browser lets through at a time: some 64 MB.
        post({ type: 'batch', seq, title, batch: withoutOperations(batch) })
      }
    }
  }

  /** Opens the port, which wakes the worker, and sends what it has not confirmed. A page that nobody sees yet waits. */
  const connect = (): void => {
    if (!info || (document as PrerenderedDocument).prerendering) return
    let opened: RuntimePort
    try {
      opened = runtime.connect({ name: RELAY_PORT })
    } catch {
      // The extension was reloaded or removed: this relay has no one to talk to any more.
      stop()
      return
    }
    port = opened
    port.onMessage.addListener(onCommand)
    port.onDisconnect.addListener(() => {
      if (port !== opened) return
      port = undefined
      // Without an id the extension was reloaded or removed, which connecting finds out.
      if (unstored.length > 0 || !runtime.id) connect()
    })
    post({ type: 'document', document: describeDocument(stream, info) })
    inFlight = 0
    sendOn()
  }

  /**
   * The port of a page that goes into the back/forward cache is closed: what is on its way is lost, and nobody tells
   * the page. A new one mostly gets through, one at `freeze` when that did not; and the page needs one when it is back,
   * if only to be told that it is not recorded any more.
   */
  const sendRest = (): void => {
    port = undefined
    leaving = true
    connect()
    leaving = false
  }
  const onCached = ({ isTrusted, persisted }: PageTransitionEvent): void => {
    if (isTrusted && persisted) sendRest()
  }
  const onFreeze = ({ isTrusted }: Event): void => {
    if (isTrusted && unstored.length > 0) sendRest()
  }

  const receive = ({ data }: MessageEvent<PageMessage>): void => {
    if (data.type === 'hello') {
      info ??= data.info
      if (!port) connect()
      return
    }
    if (unstored.length >= MAX_UNSTORED) return
    completeBatch(data.batch, location.host)
    addLongTasks(data.batch, busy)
    unstored.push({ seq: ++lastSeq, batch: data.batch })
    if (port) sendOn()
    else connect()
  }

  const onSecretEvent = (event: Event): void => {
    leaving = true
    receive(event as MessageEvent<PageMessage>)
    leaving = false
  }

  pagePort.onmessage = receive

  /** Once: whoever asks again is not our page script. */
  const handOver = (): void => {
    const offer = new MessageEvent(CONNECT_EVENT, { ports: [handedOver], data: secretEvent, cancelable: true })
    if (!window.dispatchEvent(offer)) window.removeEventListener(READY_EVENT, handOver)
  }
  runtime.onMessage.addListener(onBroadcast)
  window.addEventListener('pagehide', onCached)
  window.addEventListener('pageshow', onCached)
  document.addEventListener('freeze', onFreeze)
  document.addEventListener('prerenderingchange', connect)
  window.addEventListener(secretEvent, onSecretEvent)
  // Whichever of the two scripts runs second finds the other: both run before any script of the page.
  window.addEventListener(READY_EVENT, handOver)
  handOver()
}

function describeDocument(stream: string, info: PageInfo): DocumentInfo {
  return {
    ...info,
    stream,
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

/** What is left of a batch that is too large to be sent: that it was there. */
function withoutOperations({ operations, ...batch }: Batch): Batch {
  const count = operations.reduce((sum, { columns }) => sum + columns.id.length, 0)
  return { ...batch, operations: [], losses: [...batch.losses, { reason: 'malformed', count }] }
}
