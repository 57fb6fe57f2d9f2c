// Isolated world of each frame: the bridge between the page script and the background. No polyfill here: it is 10 kB in
// every frame, and the few calls needed are alike in all browsers.
import type { Browser } from 'webextension-polyfill'
import { operationsIn, type RawBatch } from '../../wire/batch.ts'
import type { PageMessage, RelayCommand } from '../../wire/messages.ts'
import { EVERY_NAME } from '../../wire/secret-names.ts'
import { createBatchCompleter } from './complete-batch.ts'
import { describeDocument } from './describe-document.ts'
import { observeLongTasks } from './long-tasks.ts'
import { createMemorySamples, hasMemory } from './memory-samples.ts'
import { createPageChannel, randomId } from './page-channel.ts'
import { createRecordingPause } from './recording-pause.ts'
import { createRelayDelivery } from './relay-delivery.ts'
import { createRunningOperations } from './running-operations.ts'

interface RelayWorld {
  browser?: Browser
  chrome: Browser
  /** In this world only: whether a relay is at work in this frame. */
  perfRelayActive?: boolean
  /** What this document's latest recording that DevTools ended has left to the next. */
  perfEarlier?: Pick<RawBatch, 'reportedUntil' | 'clearedAt'>
}

/** Not in TypeScript's types yet. */
type PrerenderedDocument = Document & { prerendering?: boolean }

export function startRelay(): void {
  const world = globalThis as unknown as RelayWorld
  if (world.perfRelayActive) return
  world.perfRelayActive = true

  const api = world.browser ?? world.chrome
  const { runtime } = api
  const stream = randomId()
  /** Told to stop: what is not stored yet is handed over, and then all ends. */
  let stopping = false
  const pause = createRecordingPause()
  /** What is known already of what the page tells: by an earlier recording, or by the session that Clear has ended. */
  const known = { ...world.perfEarlier }
  /** Of parameters, as the user has set them: all there are, until the background has told. */
  let secretNames: ReadonlySet<string> = EVERY_NAME
  /** Undefined until the page script has said hello. */
  let memoryAvailable: boolean | undefined
  const complete = createBatchCompleter(location.host)
  const running = createRunningOperations()
  const busy = observeLongTasks(known.reportedUntil)
  /** Whether the page has brought a batch since the latest sample. */
  let pageBrought = false
  /** They go along with the page's batches; where it brings none, in one of their own. */
  const samples = createMemorySamples(() => {
    if (!pageBrought && delivery.idle) bring(emptyBatch())
    pageBrought = false
  })

  const recordSamples = (on: boolean): void => {
    if (memoryAvailable) samples.record(on)
  }

  /** Makes way for another relay in this frame, which may come at any time. */
  const stop = (): void => {
    if (stopping) return
    stopping = true
    world.perfRelayActive = false
    rewrites.disconnect()
    window.removeEventListener('pageshow', onPageShow)
    document.removeEventListener('prerenderingchange', delivery.connect)
    runtime.onMessage.removeListener(onBroadcast)
    channel.close()
    busy.stop()
    samples.record(false)
    forwardSamples()
    delivery.finish()
  }

  const discard = (): void => {
    stop()
    delivery.end()
  }

  const onCommand = (message: RelayCommand): void => {
    if (message.type === 'stop') {
      // It may be said twice, and what came between the two has not been told.
      if (!stopping) world.perfEarlier = { ...known, reportedUntil: performance.now() }
      stop()
    } else if (message.type === 'discard') discard()
    else if (message.type === 'cleared') {
      // By how long ago it was: the time origin is of a clock that stands still while the machine sleeps.
      known.clearedAt = performance.now() - Math.max(0, Date.now() - message.at)
      reportRunning()
    } else if (message.type === 'call-stacks') channel.send(message)
    else if (message.type === 'record') {
      if (message.secretNames) secretNames = new Set(message.secretNames)
      // What came while recording was off is no part of the session.
      if (message.on && pause.isOn) busy.discard()
      if (message.on) pause.end(performance.now())
      channel.send({ type: 'record', on: message.on })
      if (!message.on) pause.begin(performance.now())
      recordSamples(message.on)
      if (pause.isOn) forwardSamples()
    }
  }

  const onBroadcast = (message: unknown): undefined => onCommand(message as RelayCommand) as undefined

  const delivery = createRelayDelivery({
    runtime,
    // The browser makes its parts when they are first asked for: most documents need no storage.
    leftArea: () => (api.extension.inIncognitoContext ? api.storage.session : api.storage.local),
    stream,
    since: Date.now(),
    // A page that nobody sees yet waits.
    describe: () =>
      memoryAvailable === undefined || (document as PrerenderedDocument).prerendering
        ? undefined
        : describeDocument(stream, memoryAvailable),
    secretNames: () => secretNames,
    onCommand,
    onStored: (batches, operations) => channel.send({ type: 'stored', batches, operations }),
    onEnd: () => window.removeEventListener('pagehide', onPageHide),
    onGone: discard,
  })

  const bring = (batch: RawBatch, ofPage?: number): void => {
    complete(batch)
    running.note(batch)
    busy.moveTo(batch)
    samples.moveTo(batch)
    const wallOffset = Date.now() - performance.timeOrigin - performance.now()
    Object.assign(batch, known, { wallOffset })
    delivery.add(batch, ofPage)
  }

  /** They belong to the session that the tab has now, too. */
  const reportRunning = (): void => {
    const batch = pause.isOn ? undefined : running.tell()
    if (batch) delivery.add(batch)
  }

  /** Those that no batch of the page's has taken along. */
  const forwardSamples = (): void => {
    if (samples.waiting > 0) bring(emptyBatch())
  }

  const receive = (data: PageMessage): void => {
    if (data.type === 'hello') {
      if (memoryAvailable !== undefined) return
      // What the page's own monitor can't read is not charted either.
      memoryAvailable = data.memoryAvailable === true && hasMemory()
      followPage()
      rewrites.observe(document, { childList: true })
      delivery.connect()
      recordSamples(true)
    } else {
      pageBrought = true
      const operations = operationsIn(data.batch)
      pause.leaveOut(data.batch)
      bring(data.batch, operations)
    }
  }

  const followPage = (): void => {
    window.addEventListener('pagehide', onPageHide)
    window.addEventListener('pageshow', onPageShow)
  }

  /** `document.open` takes the listeners away, and all that the document holds. */
  const rewrites = new MutationObserver(followPage)

  const onPageHide = ({ isTrusted }: Event): void => {
    if (!isTrusted) return
    // The page script has told all when this returns: what comes later is of the page's own last events.
    channel.send({ type: 'leave' })
    forwardSamples()
    delivery.leave()
  }

  /** Ports close when a page enters the back/forward cache; and DevTools may have been closed meanwhile. */
  const onPageShow = ({ isTrusted, persisted }: PageTransitionEvent): void => {
    if (isTrusted && persisted) delivery.comeBack()
  }

  const channel = createPageChannel(receive)
  runtime.onMessage.addListener(onBroadcast)
  channel.open()
  document.addEventListener('prerenderingchange', delivery.connect)
}

function emptyBatch(): RawBatch {
  return { operations: [], memory: [], snapshots: [], losses: [] }
}
