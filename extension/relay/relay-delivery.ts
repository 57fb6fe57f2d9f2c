// Isolated world of each frame: brings the page's batches to the background. It keeps what is not stored yet, and sends it
// again when the background's worker was stopped meanwhile; of a page that is left, storage takes it.
import type { Browser, Storage } from 'webextension-polyfill'
import type { DocumentInfo, RawBatch } from '../../wire/batch.ts'
import { RELAY_PORT, type RelayCommand, type RelayMessage } from '../../wire/messages.ts'
import { documentTitle } from './describe-document.ts'
import { saveUnloadBatches, withoutOperations } from './save-unload-batches.ts'

/** Batches sent and not confirmed: the worker holds no more than these at a time, however fast a page is. */
export const MAX_IN_FLIGHT = 16
/** Batches kept: twice what a page script sends ahead. Only a forger gets there, and is not listened to. */
export const MAX_UNSTORED = 10_000
/** Milliseconds to the second attempt to reach a background that has stored nothing; then twice as many each time. */
const FIRST_RETRY = 50
/** Milliseconds between attempts at most. */
const RETRY_INTERVAL = 1_000
/** Milliseconds in which what is left is handed over in the end; a frozen page has none. */
const MAX_DRAIN = 10_000

interface Sent {
  seq: number
  batch: RawBatch
  /** Of a batch that the page script sent, which waits for it to be stored: the operations that it had. */
  ofPage: number | undefined
}

export interface DeliveryParts {
  runtime: Browser['runtime']
  /** Keeps what a page that is left has not delivered. */
  leftArea(): Storage.StorageArea
  /** Names the recording of this document. */
  stream: string
  /** When it began: epoch milliseconds. */
  since: number
  /** Whose the batches are; undefined while the background is not to hear of it. */
  describe(): DocumentInfo | undefined
  secretNames(): ReadonlySet<string>
  onCommand(command: RelayCommand): void
  /** The background has confirmed so many more batches of the page's, with so many operations in them. */
  onStored(batches: number, operations: number): void
  /** All that is brought was, or will not be. */
  onEnd(): void
  /** There is no one to bring anything to: the extension was reloaded or removed. */
  onGone(): void
}

export function createRelayDelivery(parts: DeliveryParts) {
  const { runtime, stream, since } = parts
  const left = saveUnloadBatches(parts.leftArea, stream, parts.secretNames)
  /** Sent and not stored, oldest first. */
  const unstored: Sent[] = []
  /** How many of them were sent by the port that is open. */
  let inFlight = 0
  /** Whether the port that is open has got anything stored. */
  let heard = false
  let retryDelay = FIRST_RETRY
  let finishing = false
  let leaving = false
  let lastSeq = 0
  let port: ReturnType<Browser['runtime']['connect']> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const post = (message: RelayMessage): void => port?.postMessage(message)

  /** Sends what may be sent of what was not: no more at a time than the worker should hold. */
  const sendOn = (): void => {
    while (port && inFlight < unstored.length && (leaving || inFlight < MAX_IN_FLIGHT)) {
      const { seq, batch } = unstored[inFlight++] as Sent
      const title = documentTitle()
      try {
        post({ type: 'batch', seq, title, batch })
      } catch {
        // More than the browser lets through at a time: some 64 MB.
        post({ type: 'batch', seq, title, batch: withoutOperations(batch, 'malformed') })
      }
    }
  }

  const onStored = (seq: number): void => {
    heard = true
    retryDelay = FIRST_RETRY
    const stored = unstored.findLastIndex(sent => sent.seq <= seq) + 1
    const counts = unstored.splice(0, stored).flatMap(({ ofPage }) => ofPage ?? [])
    inFlight = Math.max(0, inFlight - stored)
    if (counts.length > 0) {
      const operations = counts.reduce((sum, count) => sum + count, 0)
      parts.onStored(counts.length, operations)
    }
    if (finishing && unstored.length === 0) end()
    else sendOn()
  }

  const disconnect = (): void => {
    port?.disconnect()
    port = undefined
  }

  /** What is left is not wanted. */
  const end = (): void => {
    unstored.length = 0
    clearTimeout(retry)
    disconnect()
    parts.onEnd()
  }

  /** Opens a port, which wakes the worker, and sends what it has not confirmed. */
  const connect = (): void => {
    clearTimeout(retry)
    const described = parts.describe()
    if (!described) return
    let opened: typeof port
    try {
      opened = runtime.connect({ name: RELAY_PORT })
    } catch {
      parts.onGone()
      return
    }
    port = opened
    heard = false
    opened.onMessage.addListener(received => {
      const command = received as RelayCommand
      if (command.type === 'stored') onStored(command.seq)
      else parts.onCommand(command)
    })
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return
      port = undefined
      // Without an id the extension was reloaded or removed, which connecting finds out.
      if (unstored.length === 0 && runtime.id) return
      // A worker that was stopped is there again at once; one that can't store would be asked without end.
      if (heard) connect()
      else {
        retry = setTimeout(connect, retryDelay)
        retryDelay = Math.min(2 * retryDelay, RETRY_INTERVAL)
      }
    })
    post({ type: 'document', document: described, since })
    inFlight = 0
    sendOn()
  }

  return {
    connect,
    end,
    /** Whether all that was brought is stored. */
    get idle() {
      return unstored.length === 0
    },
    /** @param ofPage how many operations it had, where it is the page script's. */
    add(batch: RawBatch, ofPage?: number) {
      if (unstored.length === MAX_UNSTORED) return
      const seq = ++lastSeq
      unstored.push({ seq, batch, ofPage })
      if (leaving) left.keep(seq, batch)
      if (port) sendOn()
      else connect()
    },
    /** The page may be gone after this: all goes out at once, and into storage, and so does what comes. */
    leave() {
      leaving = true
      left.begin()
      for (const { seq, batch } of unstored) left.keep(seq, batch)
      // The worker may be there again, and know nothing of the document yet.
      if (port) sendOn()
      else if (unstored.length > 0) connect()
    },
    /** The page was kept, and is there again: its port was closed meanwhile. */
    comeBack() {
      leaving = false
      disconnect()
      connect()
    },
    /** Hands over what is left, and then ends. */
    finish() {
      finishing = true
      if (unstored.length === 0) end()
      else setTimeout(end, MAX_DRAIN)
    },
  }
}
