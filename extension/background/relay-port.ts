// Background: what comes from one relay over its port, and what is answered.
import type { Runtime } from 'webextension-polyfill'
import type { Batch, DocumentInfo } from '../../wire/batch.ts'
import type { RelayCommand, RelayMessage, StoredSession } from '../../wire/messages.ts'
import { redactUrl } from '../../wire/redact-url.ts'
import { redactBatch } from '../../wire/secret-names.ts'
import { checkedBatch, checkedDocument, checkedTitle } from './batch-guard.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import { isRecordedSince, type Sessions } from './sessions.ts'

/** A sender's ids, which webextension-polyfill's types do not know in full. */
export type Sender = Runtime.MessageSender & { documentId?: string }

/** What a relay's port needs done. */
export interface RelayHandlers {
  sessions: Pick<Sessions, 'addDocument' | 'addBatches' | 'addCrash'>
  tabs: Pick<InspectedTabs, 'isInspected' | 'wasInspectedAfter' | 'sessionOf'>
  /** The parameters that the user has called secret: nothing is stored before they are known. */
  secretNames(): Promise<ReadonlySet<string>>
  /** Whether the page script is to capture a call stack for each request. */
  callStacks(): Promise<boolean>
  /** Whether the tab's page has died. */
  hasCrashed(tabId: number): Promise<boolean>
  /** Runs the scripts in the tab's documents that have none at work. */
  inject(tabId: number): Promise<void>
  /** Nothing of this document is wanted, also of what it leaves when it is unloaded. */
  onDiscarded(stream: string): void
}

type BatchMessage = Extract<RelayMessage, { type: 'batch' }>
type Port = Pick<Runtime.Port, 'sender' | 'postMessage' | 'disconnect' | 'onMessage' | 'onDisconnect'>

/**
 * `unannounced`: the relay has not said which document it is in. `unwanted`: the document came while recording was off, and
 * what it recorded before it learned so is not kept.
 */
type Phase = 'unannounced' | 'recorded' | 'unwanted'

export function serveRelay(port: Port, handlers: RelayHandlers): void {
  const { tab, frameId = 0, documentId } = (port.sender ?? {}) as Sender
  if (tab?.id === undefined) return
  const ids = { frameId, ...(documentId === undefined ? {} : { documentId }) }
  new RelayConnection(port, tab.id, ids, handlers)
}

/** Recording may have been resumed, and switched off again, since the document came. */
function phaseOf(session: StoredSession, since: number): Phase {
  return isRecordedSince(session, since) ? 'recorded' : 'unwanted'
}

class RelayConnection {
  #phase: Phase = 'unannounced'
  #document: DocumentInfo | undefined
  /** When the recording of the document began, in epoch milliseconds. */
  #since = 0
  /** What has come and is not being handled yet. */
  #queue: RelayMessage[] = []
  #handling = false
  readonly #port: Port
  readonly #tabId: number
  readonly #ids: Pick<DocumentInfo, 'frameId' | 'documentId'>
  readonly #handlers: RelayHandlers

  constructor(port: Port, tabId: number, ids: Pick<DocumentInfo, 'frameId' | 'documentId'>, handlers: RelayHandlers) {
    this.#port = port
    this.#tabId = tabId
    this.#ids = ids
    this.#handlers = handlers
    port.onDisconnect.addListener(() => void this.#onDisconnect())
    port.onMessage.addListener(message => {
      this.#queue.push(message as RelayMessage)
      if (!this.#handling) void this.#handleQueue()
    })
  }

  /** In order, so that a batch finds its document. Batches that come while others are being stored are stored together. */
  async #handleQueue(): Promise<void> {
    this.#handling = true
    try {
      while (this.#queue.length > 0) {
        const messages = this.#queue
        this.#queue = []
        let batches: BatchMessage[] = []
        for (const message of messages) {
          if (message.type === 'batch') batches.push(message)
          else {
            await this.#addBatches(batches)
            batches = []
            if (message.type === 'stopped') await this.#release()
            else await this.#addDocument(message.document, message.since)
          }
        }
        await this.#addBatches(batches)
      }
      this.#handling = false
    } catch (error) {
      // No later batch may be confirmed now. The relay connects again, and sends all that is not stored.
      console.error('Perf could not store what a page recorded', error)
      this.#port.disconnect()
    }
  }

  async #addDocument(received: DocumentInfo, since: number): Promise<void> {
    const { tabs, sessions, secretNames, callStacks } = this.#handlers
    const document = checkedDocument(received)
    if (!document) return this.#discard()
    // What was recorded until DevTools was closed is still to come.
    if (!(await tabs.wasInspectedAfter(this.#tabId, since))) return this.#discard(document)
    const inspected = await tabs.isInspected(this.#tabId)
    const names = await secretNames()
    this.#document = { ...document, url: redactUrl(document.url, names), ...this.#ids }
    const session = await sessions.addDocument(this.#tabId, this.#document)
    this.#since = since
    this.#phase = phaseOf(session, since)
    if (!inspected) return this.#reply({ type: 'stop' })
    this.#reply({ type: 'record', on: session.recording, secretNames: [...names] })
    if (await callStacks()) this.#reply({ type: 'call-stacks', on: true })
  }

  async #addBatches(messages: readonly BatchMessage[]): Promise<void> {
    const { tabs, sessions, secretNames } = this.#handlers
    const numbered = messages.filter(({ seq }) => Number.isSafeInteger(seq))
    const last = numbered.at(-1)
    if (!this.#document || !last) return
    this.#document.title = checkedTitle(last.title)
    if (this.#phase === 'unwanted') this.#phase = phaseOf(await tabs.sessionOf(this.#tabId), this.#since)
    if (this.#phase === 'recorded') {
      const names = await secretNames()
      const batches = numbered.map(({ seq, batch }): [seq: number, batch: Batch] => {
        const checked = checkedBatch(batch)
        redactBatch(checked, names)
        return [seq, checked]
      })
      await sessions.addBatches(this.#tabId, this.#document, batches)
    }
    this.#reply({ type: 'stored', seq: last.seq })
    // The relay may have missed it, as it was in a page that hung or was not connected.
    if (!(await tabs.isInspected(this.#tabId))) this.#reply({ type: 'stop' })
  }

  #discard(document?: DocumentInfo): void {
    if (document) this.#handlers.onDiscarded(document.stream)
    this.#reply({ type: 'discard' })
  }

  /** DevTools may have opened on the tab before the relay stopped: the scripts that were run then found it at work. */
  async #release(): Promise<void> {
    const { tabs, inject } = this.#handlers
    if (await tabs.isInspected(this.#tabId)) void inject(this.#tabId)
    this.#reply({ type: 'released' })
  }

  /** A page's ports close when it dies, and its frames die with it. */
  async #onDisconnect(): Promise<void> {
    const { hasCrashed, sessions } = this.#handlers
    if (this.#document?.frameId !== 0 || !(await hasCrashed(this.#tabId))) return
    await sessions.addCrash(this.#tabId, this.#document)
  }

  #reply(command: RelayCommand): void {
    try {
      this.#port.postMessage(command)
    } catch {
      // The frame is gone. What it sent is stored, and nobody waits for the answer.
    }
  }
}
