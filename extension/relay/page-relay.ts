// Isolated world of each frame: the bridge between the page script and the background.
import type { Browser, Storage } from 'webextension-polyfill'
import { type DocumentInfo, operationsIn, type RawBatch } from '../../wire/batch.ts'
import type { PageCommand, PageMessage, RelayCommand } from '../../wire/messages.ts'
import { EVERY_NAME } from '../../wire/secret-names.ts'
import type { SecretNames } from '../../wire/secrets.ts'
import type { LongTasks } from './long-tasks.ts'
import type { MemorySamples } from './memory-samples.ts'
import type { PageChannel } from './page-channel.ts'
import type { FollowedLifecycle, PageLifecycle } from './page-lifecycle.ts'
import { createRecordingPause } from './recording-pause.ts'
import { RelayDelivery } from './relay-delivery.ts'
import { createRunningOperations } from './running-operations.ts'
import { readWallOffset } from './wall-offset.ts'

/** What another session, or an earlier recording of the document, has of what the page reports. */
export type EarlierRecording = Pick<RawBatch, 'reportedUntil' | 'clearedAt'>

export interface RelayParts {
  runtime: Pick<Browser['runtime'], 'connect' | 'id' | 'onMessage'>
  storage(): Pick<Storage.StorageArea, 'set'>
  /** Names the recording of this document. */
  stream: string
  /** What the document's latest recording, which DevTools has ended, left to this one. */
  earlier: EarlierRecording
  lifecycle: PageLifecycle
  openChannel(onMessage: (message: PageMessage) => void): PageChannel
  /** Whether the browser gives the heap's size at all. */
  hasMemory: boolean
  sampleMemory(onReport: () => void): MemorySamples
  longTasks: LongTasks
  describe(stream: string, memoryAvailable: boolean): DocumentInfo
  title(): string
  /** Redacts, names and cleans a batch of the page script's, in place. */
  complete(batch: RawBatch): void
  /** The relay lets another take over; with what it leaves to it, where DevTools has ended the recording. */
  onFinishing(left?: EarlierRecording): void
}

/** `waiting`: the page script has not come yet; `finishing`: recording has ended, and the rest is forwarded. */
type Phase = 'waiting' | 'recording' | 'paused' | 'finishing'

export class PageRelay {
  #phase: Phase = 'waiting'
  #memoryAvailable = false
  /** Of parameters, as the user has set them: all, until the background has sent them. */
  #secretNames: SecretNames = EVERY_NAME
  /** Whether the page script has sent a batch since the latest sample. */
  #hasSent = false
  #followed: FollowedLifecycle | undefined
  readonly #earlier: EarlierRecording
  readonly #pause = createRecordingPause()
  readonly #running = createRunningOperations()
  readonly #parts: RelayParts
  readonly #channel: PageChannel
  readonly #samples: MemorySamples
  readonly #delivery: RelayDelivery

  constructor(parts: RelayParts) {
    this.#parts = parts
    this.#earlier = { ...parts.earlier }
    const { runtime, stream, storage, lifecycle } = parts
    this.#delivery = new RelayDelivery({
      runtime,
      storage,
      stream,
      since: Date.now(),
      secretNames: () => this.#secretNames,
      describe: () =>
        this.#phase === 'waiting' || lifecycle.prerendering ? undefined : parts.describe(stream, this.#memoryAvailable),
      title: parts.title,
      onCommand: command => this.#onCommand(command),
      onStored: (batches, operations) => this.#send({ type: 'stored', batches, operations }),
      onEnd: () => this.#followed?.stop(),
      onGone: () => this.#discard(),
    })
    // They go along with the page script's batches; while it sends none, in batches of their own.
    this.#samples = parts.sampleMemory(() => {
      if (!this.#hasSent && this.#delivery.idle) this.#forward(emptyBatch())
      this.#hasSent = false
    })
    this.#channel = parts.openChannel(message => this.#onPageMessage(message))
    runtime.onMessage.addListener(this.#onBroadcast)
    this.#channel.open()
  }

  readonly #onBroadcast = (message: unknown): undefined => {
    this.#onCommand(message as RelayCommand)
  }

  #onPageMessage(message: PageMessage): void {
    if (message.type === 'hello') this.#begin(message.memoryAvailable === true && this.#parts.hasMemory)
    else {
      this.#hasSent = true
      const rows = operationsIn(message.batch)
      this.#pause.leaveOut(message.batch)
      // The page is being left in a pause, and reports what had begun before it.
      if (this.#phase === 'paused') this.#parts.longTasks.discard()
      this.#forward(message.batch, rows)
    }
  }

  /** @param memoryAvailable what the page's own monitor can't read is not charted either. */
  #begin(memoryAvailable: boolean): void {
    if (this.#phase !== 'waiting') return
    this.#phase = 'recording'
    this.#memoryAvailable = memoryAvailable
    this.#followed = this.#parts.lifecycle.follow({
      onHide: () => this.#onHide(),
      onRestore: () => this.#delivery.onRestore(),
      onActivate: () => this.#delivery.connect(),
    })
    this.#delivery.connect()
    this.#recordSamples(true)
  }

  #onCommand(command: RelayCommand): void {
    if (command.type === 'stop') this.#stop({ ...this.#earlier, reportedUntil: performance.now() })
    else if (command.type === 'discard') this.#discard()
    else if (this.#phase === 'finishing') return
    else if (command.type === 'cleared') this.#onCleared(command.at)
    else if (command.type === 'call-stacks') this.#send(command)
    else if (command.type === 'sample-heap') this.#samples.refine()
    else if (command.type === 'record') {
      if (command.secretNames) this.#secretNames = new Set(command.secretNames)
      if (command.on) this.#resume()
      else this.#beginPause()
    }
  }

  #beginPause(): void {
    if (this.#phase !== 'recording') return
    // The page script sends what it has recorded within this call.
    this.#send({ type: 'record', on: false })
    this.#phase = 'paused'
    this.#pause.begin(performance.now())
    this.#recordSamples(false)
    this.#forwardSamples()
  }

  #resume(): void {
    if (this.#phase !== 'paused') return
    this.#phase = 'recording'
    // What happened in the pause is no part of the session.
    this.#parts.longTasks.discard()
    this.#pause.end(performance.now())
    this.#send({ type: 'record', on: true })
    this.#recordSamples(true)
  }

  /** The new session needs to know the document, so that it gets what the page leaves when it is unloaded. */
  #onCleared(at: number): void {
    if (this.#phase === 'waiting') return
    // By how long ago it was: the document's clock stands still while the machine sleeps.
    const clearedAt = performance.now() - Math.max(0, Date.now() - at)
    this.#earlier.clearedAt = Math.max(this.#earlier.clearedAt ?? 0, clearedAt)
    for (const batch of this.#delivery.unstored) Object.assign(batch, this.#earlier)
    const running = this.#phase === 'paused' ? undefined : this.#running.report()
    this.#delivery.add(Object.assign(running ?? emptyBatch(), this.#earlier), 0)
    this.#send({ type: 'report-pending' })
  }

  #onHide(): void {
    // The page script has sent all that it recorded when this returns. What comes later is from the page's last events.
    this.#send({ type: 'flush' })
    this.#forwardSamples()
    this.#delivery.onHide()
  }

  #discard(): void {
    this.#stop()
    this.#delivery.end()
  }

  /** Lets another relay take over in this frame, which may come at any time. */
  #stop(left?: EarlierRecording): void {
    if (this.#phase === 'finishing') return
    const { runtime, longTasks, onFinishing } = this.#parts
    this.#phase = 'finishing'
    onFinishing(left)
    this.#followed?.onlyHide()
    runtime.onMessage.removeListener(this.#onBroadcast)
    // The page script sends what it has left within this call.
    this.#channel.close()
    longTasks.stop()
    this.#samples.record(false)
    this.#forwardSamples()
    this.#delivery.finish()
  }

  /** @param rows how many the batch had, where it is the page script's. */
  #forward(batch: RawBatch, rows?: number): void {
    this.#parts.complete(batch)
    const added = this.#running.note(batch)
    this.#parts.longTasks.moveTo(batch)
    this.#samples.moveTo(batch)
    if (rows !== undefined) batch.time = performance.now()
    Object.assign(batch, this.#earlier, { wallOffset: readWallOffset() })
    this.#delivery.add(batch, added, rows)
  }

  /** Those that no batch of the page script's has taken along. */
  #forwardSamples(): void {
    if (this.#samples.waiting > 0) this.#forward(emptyBatch())
  }

  #recordSamples(on: boolean): void {
    if (this.#memoryAvailable) this.#samples.record(on)
  }

  #send(command: PageCommand): void {
    this.#channel.send(command)
  }
}

function emptyBatch(): RawBatch {
  return { operations: [], memory: [], snapshots: [], losses: [] }
}
