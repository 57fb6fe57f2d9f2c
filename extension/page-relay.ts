// Isolated world of each frame: the bridge between the page script and the background. It keeps what is not
// stored yet, and sends it again when the background's worker was stopped meanwhile. No polyfill here: it is
// 10 kB in every frame, and the few calls needed are alike in all browsers.
import type { Browser } from 'webextension-polyfill'
import type { Batch, DocumentInfo } from '../wire/batch.ts'
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

interface RelayWorld {
  browser?: Browser
  chrome: Browser
  /** In this world only: whether a relay is at work in this frame. */
  perfRelayActive?: boolean
}

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
  let lastSeq = 0
  let info: PageInfo | undefined
  let port: RuntimePort | undefined

  const command = (message: PageCommand): void => pagePort.postMessage(message)

  const stop = (): void => {
    command({ type: 'stop' })
    window.removeEventListener(READY_EVENT, handOver)
    runtime.onMessage.removeListener(onBroadcast)
    port?.disconnect()
    port = undefined
    world.perfRelayActive = false
  }

  const onCommand = (received: unknown): void => {
    const message = received as RelayCommand
    if (message.type === 'record') command(message)
    else if (message.type === 'stop') stop()
    else {
      const stored = unstored.findLastIndex(({ seq }) => seq <= message.seq) + 1
      unstored.splice(0, stored)
      if (stored > 0) command({ type: 'stored', batches: stored })
    }
  }

  const onBroadcast = (message: unknown): undefined => onCommand(message) as undefined

  const post = (message: RelayMessage): void => port?.postMessage(message)
  const postBatch = ({ seq, batch }: { seq: number; batch: Batch }): void =>
    post({ type: 'batch', seq, title: document.title, batch })

  /** Opens the port, which wakes the worker, and sends what it has not confirmed. */
  const connect = (): void => {
    if (!info) return
    try {
      port = runtime.connect({ name: RELAY_PORT })
    } catch {
      // The extension was reloaded or removed: this relay has no one to talk to any more.
      stop()
      return
    }
    port.onMessage.addListener(onCommand)
    port.onDisconnect.addListener(() => {
      port = undefined
      if (unstored.length > 0) connect()
    })
    post({ type: 'document', document: describeDocument(stream, info) })
    for (const waiting of unstored) postBatch(waiting)
  }

  const receive = ({ data }: MessageEvent<PageMessage>): void => {
    if (data.type === 'hello') {
      info = data.info
      connect()
      return
    }
    const sent = { seq: ++lastSeq, batch: data.batch }
    unstored.push(sent)
    if (port) postBatch(sent)
    else connect()
  }

  pagePort.onmessage = receive

  const handOver = (): void => {
    window.dispatchEvent(new MessageEvent(CONNECT_EVENT, { ports: [handedOver], data: secretEvent }))
  }
  runtime.onMessage.addListener(onBroadcast)
  window.addEventListener(secretEvent, event => receive(event as MessageEvent<PageMessage>))
  // Whichever of the two scripts runs second finds the other: both run before any script of the page.
  window.addEventListener(READY_EVENT, handOver)
  handOver()
}

function describeDocument(stream: string, info: PageInfo): DocumentInfo {
  return {
    ...info,
    stream,
    frameId: 0,
    url: redactUrl(location.href),
    title: document.title,
    userAgent: navigator.userAgent,
  }
}
