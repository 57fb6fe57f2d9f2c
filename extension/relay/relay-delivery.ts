// Isolated world of each frame: forwards the page's batches to the background. It keeps what is not confirmed as stored, and
// sends it again when the worker was stopped meanwhile. When the page is unloaded, storage takes it.
import type { Browser, Runtime } from 'webextension-polyfill'
import type { DocumentInfo, RawBatch } from '../../wire/batch.ts'
import { RELAY_PORT, type RelayCommand, type RelayMessage } from '../../wire/messages.ts'
import {
  createUnloadBatches,
  type UnloadBatches,
  type UnloadParts,
  type UnsentBatch,
  withoutOperations,
} from './save-unload-batches.ts'

/** Batches sent and not confirmed: the worker holds no more than these at a time, however fast a page is. */
export const MAX_IN_FLIGHT = 16
/** Batches kept: twice what a page script sends ahead. Only a page that forges batches gets there. */
export const MAX_UNSTORED = 10_000
/** Milliseconds to the second attempt to reach a background that has stored nothing; then twice as many each time. */
const FIRST_RETRY = 50
/** Milliseconds between attempts at most. */
const MAX_RETRY = 1_000
/** Milliseconds for the background to store the rest when recording has ended; then storage takes it. */
export const MAX_DRAIN = 10_000

interface Unstored extends UnsentBatch {
  /** Of a batch that the page script sent, which waits for it to be stored: its rows. */
  rows: number | undefined
}

export interface DeliveryParts extends UnloadParts {
  runtime: Pick<Browser['runtime'], 'connect' | 'id'>
  /** Whose the batches are; undefined while the background is not to hear of it. */
  describe(): DocumentInfo | undefined
  title(): string
  onCommand(command: RelayCommand): void
  /** The background has confirmed so many more batches of the page's, with so many rows in them. */
  onStored(batches: number, rows: number): void
  /** There is nothing left to forward, and nothing more will be. The background is still to hear of that. */
  onEnd(): void
  /** Nothing can be forwarded any more: the extension was reloaded or removed. */
  onGone(): void
}

type Phase = 'delivering' | 'finishing' | 'ended'

export class RelayDelivery {
  #phase: Phase = 'delivering'
  /** The background has heard that it has ended. */
  #released = false
  readonly #parts: DeliveryParts
  /** Not confirmed as stored, oldest first. */
  readonly #unstored: Unstored[] = []
  /** How many of them were sent by the port that is open. */
  #inFlight = 0
  /** Whether the port that is open has got anything stored. */
  #confirmed = false
  #retryDelay = FIRST_RETRY
  #lastSeq = 0
  #port: Runtime.Port | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** A port was opened: the document is one that the background is to hear of. */
  #announced = false
  /** The page may be gone at any moment: whatever is not stored is saved. */
  #hidden = false
  #unload: UnloadBatches | undefined
  /** Rows of the page's that were dropped and are not counted in a batch yet. */
  #dropped = 0

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Whether all that was added is stored. */
  get idle(): boolean {
    return this.#unstored.length === 0
  }

  /** The batches that are not confirmed as stored. */
  get unstored(): Iterable<RawBatch> {
    return this.#unstored.map(({ batch }) => batch)
  }

  /**
   * @param added how many of its operations were not reported before.
   * @param rows how many it has, where it is the page script's.
   */
  add(batch: RawBatch, added: number, rows?: number): void {
    if (this.#phase === 'ended') return
    if (this.#unstored.length >= MAX_UNSTORED) {
      this.#dropped += added
      return
    }
    if (this.#dropped > 0) batch.losses.push({ reason: 'backpressure', count: this.#dropped })
    this.#dropped = 0
    const unstored = { seq: ++this.#lastSeq, batch, added, rows }
    this.#unstored.push(unstored)
    if (this.#hidden) this.#save([unstored])
    if (this.#port) this.#send()
    else this.connect()
  }

  /** Opens a port, which starts the worker, and sends what it has not confirmed. */
  connect(): void {
    clearTimeout(this.#timer)
    const { describe, runtime, since, onGone } = this.#parts
    const document = describe()
    // One that has ended only says so, once.
    if (this.#phase === 'ended' ? this.#released || this.#port : !document) return
    let port: Runtime.Port
    try {
      port = runtime.connect({ name: RELAY_PORT })
    } catch {
      onGone()
      return
    }
    this.#port = port
    this.#confirmed = false
    port.onMessage.addListener(received => this.#receive(received as RelayCommand))
    port.onDisconnect.addListener(() => {
      if (this.#port === port) this.#onDisconnect()
    })
    if (this.#phase === 'ended' || !document) {
      this.#post({ type: 'stopped' })
      return
    }
    this.#announced = true
    this.#post({ type: 'document', document, since })
    this.#inFlight = 0
    this.#send()
  }

  /** The page may be gone after this: all that is not stored is sent, and saved, and so is what comes. */
  onHide(): void {
    this.#hidden = true
    this.#unload = undefined
    if (this.idle) return
    this.#save(this.#unstored)
    // The worker may have been stopped and started again, and know nothing of the document.
    if (this.#port) this.#send()
    else this.connect()
  }

  /** The page has come back from the back/forward cache, which has closed its port. */
  onRestore(): void {
    this.#hidden = false
    this.#disconnect()
    this.connect()
  }

  /** Forwards the rest, and then ends. */
  finish(): void {
    if (this.#phase !== 'delivering') return
    this.#phase = 'finishing'
    if (this.idle) this.end()
    else {
      setTimeout(() => {
        if (!this.#hidden && !this.idle) this.#save(this.#unstored)
        this.end()
      }, MAX_DRAIN)
    }
  }

  /**
   * What is not stored is not wanted. DevTools may have been opened again by now, and its scripts have found this relay at
   * work. So the background is to hear that it is not, and runs them once more if DevTools is open.
   */
  end(): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    this.#unstored.length = 0
    this.#parts.onEnd()
    if (this.#port) this.#post({ type: 'stopped' })
    else this.connect()
  }

  #save(batches: readonly Unstored[]): void {
    if (!this.#announced) return
    this.#unload ??= createUnloadBatches(this.#parts)
    this.#unload.save(batches)
  }

  #receive(command: RelayCommand): void {
    if (command.type === 'stored') this.#onStored(command.seq)
    else if (command.type === 'released') {
      this.#released = true
      this.#disconnect()
    } else this.#parts.onCommand(command)
  }

  #onStored(seq: number): void {
    this.#confirmed = true
    this.#retryDelay = FIRST_RETRY
    const stored = this.#unstored.findLastIndex(each => each.seq <= seq) + 1
    const rows = this.#unstored.splice(0, stored).flatMap(each => each.rows ?? [])
    this.#inFlight = Math.max(0, this.#inFlight - stored)
    if (rows.length > 0) {
      this.#parts.onStored(
        rows.length,
        rows.reduce((sum, each) => sum + each, 0),
      )
    }
    if (this.#phase === 'finishing' && this.idle) this.end()
    else this.#send()
  }

  #onDisconnect(): void {
    this.#port = undefined
    // Without an id the extension was reloaded or removed, which `connect` finds out.
    if (this.idle && this.#phase !== 'ended' && this.#parts.runtime.id) return
    // A worker that was stopped is started again. One that could store nothing would be asked without end.
    if (this.#confirmed) this.connect()
    else {
      this.#timer = setTimeout(() => this.connect(), this.#retryDelay)
      this.#retryDelay = Math.min(2 * this.#retryDelay, MAX_RETRY)
    }
  }

  #disconnect(): void {
    this.#port?.disconnect()
    this.#port = undefined
  }

  #post(message: RelayMessage): void {
    this.#port?.postMessage(message)
  }

  /** Sends as much of what was not sent as the worker should hold. */
  #send(): void {
    while (this.#port && this.#inFlight < this.#unstored.length && (this.#hidden || this.#inFlight < MAX_IN_FLIGHT)) {
      const { seq, batch } = this.#unstored[this.#inFlight++] as Unstored
      const title = this.#parts.title()
      try {
        this.#post({ type: 'batch', seq, title, batch })
      } catch {
        // It is more than the browser lets through at a time, some 64 MB.
        this.#post({ type: 'batch', seq, title, batch: withoutOperations(batch, 'malformed') })
      }
    }
  }
}
