// Isolated world of each frame: the bridge between the page script and the background. No polyfill here: it is 10 kB in
// every frame, and the few calls needed are alike in all browsers.
import type { Browser } from 'webextension-polyfill'
import type { Batch } from '../wire/batch.ts'
import { createBatchCompleter } from '../wire/complete-batch.ts'
import {
  CONNECT_EVENT,
  commandEvent,
  type PageCommand,
  type PageMessage,
  READY_EVENT,
  type RelayCommand,
} from '../wire/messages.ts'
import { EVERY_NAME } from '../wire/secret-names.ts'
import { fromPage, toPage } from './crossing.ts'
import { describeDocument } from './describe-document.ts'
import { observeLongTasks } from './long-tasks.ts'
import { createMemorySamples, readMemory } from './memory-samples.ts'
import { createRelayDelivery } from './relay-delivery.ts'
import { createRunningOperations } from './running-operations.ts'

interface RelayWorld {
  browser?: Browser
  chrome: Browser
  /** In this world only: whether a relay is at work in this frame. */
  perfRelayActive?: boolean
}

/** Not in TypeScript's types yet. */
type PrerenderedDocument = Document & { prerendering?: boolean }

export function startRelay(): void {
  const world = globalThis as unknown as RelayWorld
  if (world.perfRelayActive) return
  world.perfRelayActive = true

  const { runtime, storage } = world.browser ?? world.chrome
  const stream = randomId()
  /** An event by this name carries what the page script has to say; no page can know it. */
  const secretEvent = randomId()
  /** Told to stop: what is not stored yet is handed over, and then all ends. */
  let stopping = false
  let paused = false
  /** Of parameters, as the user has set them: all there are, until the background has told. */
  let secretNames: ReadonlySet<string> = EVERY_NAME
  /** Undefined until the page script has said hello. */
  let memoryAvailable: boolean | undefined
  const complete = createBatchCompleter(location.host)
  const running = createRunningOperations()
  const busy = observeLongTasks()
  /** They go along with the page's batches; where none is on its way, in one of their own. */
  const samples = createMemorySamples(() => delivery.idle && bring(emptyBatch(), false))

  const recordSamples = (on: boolean): void => {
    if (memoryAvailable) samples.record(on)
  }

  const command = (message: PageCommand): void => {
    window.dispatchEvent(new MessageEvent(commandEvent(secretEvent), { data: toPage(message) }))
  }

  /** Makes way for another relay in this frame, which may come at any time. */
  const stop = (): void => {
    if (stopping) return
    stopping = true
    world.perfRelayActive = false
    window.removeEventListener(READY_EVENT, handOver)
    window.removeEventListener('pageshow', onPageShow)
    document.removeEventListener('prerenderingchange', delivery.connect)
    runtime.onMessage.removeListener(onBroadcast)
    // It says all that it has left to say before this returns.
    command({ type: 'stop' })
    window.removeEventListener(secretEvent, receive)
    busy.stop()
    samples.record(false)
    bringSamples()
    delivery.finish()
  }

  const discard = (): void => {
    stop()
    delivery.end()
  }

  const onCommand = (message: RelayCommand): void => {
    if (message.type === 'stop') stop()
    else if (message.type === 'discard') discard()
    else if (message.type === 'cleared') tellRunning()
    else if (message.type === 'record') {
      // What came while recording was off is no part of the session.
      if (message.on && paused) busy.discard()
      paused = !message.on
      if (message.secretNames) secretNames = new Set(message.secretNames)
      command({ type: 'record', on: message.on })
      recordSamples(message.on)
      if (paused) bringSamples()
    }
  }

  const onBroadcast = (message: unknown): undefined => onCommand(message as RelayCommand) as undefined

  const delivery = createRelayDelivery({
    runtime,
    storage,
    stream,
    // A page that nobody sees yet waits.
    describe: () =>
      memoryAvailable === undefined || (document as PrerenderedDocument).prerendering
        ? undefined
        : describeDocument(stream, memoryAvailable),
    secretNames: () => secretNames,
    onCommand,
    onStored: (batches, operations) => command({ type: 'stored', batches, operations }),
    onEnd: () => window.removeEventListener('pagehide', onPageHide),
    onGone: discard,
  })

  const bring = (batch: Batch, ofPage: boolean): void => {
    complete(batch)
    running.note(batch)
    busy.moveTo(batch)
    samples.moveTo(batch)
    delivery.add(batch, ofPage)
  }

  /** They belong to the session that the tab has now, too. */
  const tellRunning = (): void => {
    const batch = paused ? undefined : running.tell()
    if (batch) delivery.add(batch, false)
  }

  /** Those that no batch of the page's has taken along. */
  const bringSamples = (): void => {
    if (samples.waiting > 0) bring(emptyBatch(), false)
  }

  const receive = (event: Event): void => {
    const data = read(event)
    if (data.type === 'hello') {
      if (memoryAvailable !== undefined) return
      // What the page's own monitor can't read is not charted either.
      memoryAvailable = data.memoryAvailable === true && readMemory() !== undefined
      // After the page script's own listener.
      window.addEventListener('pagehide', onPageHide)
      delivery.connect()
      recordSamples(true)
    } else bring(data.batch, true)
  }

  /** The page script has told all: what comes now is of the page's own last events. */
  const onPageHide = ({ isTrusted }: Event): void => {
    if (!isTrusted) return
    bringSamples()
    delivery.leave()
  }

  /** Ports close when a page enters the back/forward cache; and DevTools may have been closed meanwhile. */
  const onPageShow = ({ isTrusted, persisted }: PageTransitionEvent): void => {
    if (isTrusted && persisted) delivery.comeBack()
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
  document.addEventListener('prerenderingchange', delivery.connect)
}

/** 128 bits that nobody guesses. `crypto.randomUUID` is missing where a page came without TLS, and in `data:` frames. */
function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

function read(event: Event): PageMessage {
  try {
    return fromPage((event as MessageEvent<PageMessage | null>).data) ?? unreadable()
  } catch {
    return unreadable()
  }
}

/** What a source of the page's own gave passed for data and can't be cloned: how much it was, nobody knows. */
function unreadable(): PageMessage {
  return { type: 'batch', batch: { ...emptyBatch(), losses: [{ reason: 'malformed', count: 1 }] } }
}

function emptyBatch(): Batch {
  return { operations: [], memory: [], snapshots: [], losses: [] }
}
