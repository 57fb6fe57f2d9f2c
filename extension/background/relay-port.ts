// Background: what comes from one relay over its port, and what is answered.
import type { Runtime } from 'webextension-polyfill'
import type { Batch, DocumentInfo } from '../../wire/batch.ts'
import type { RelayCommand, RelayMessage } from '../../wire/messages.ts'
import { redactUrl } from '../../wire/redact-url.ts'
import { redactBatch } from '../../wire/secret-names.ts'
import { checkedBatch, checkedDocument, checkedTitle } from './batch-guard.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import type { Sessions } from './sessions.ts'

/** A sender's ids, which webextension-polyfill's types do not know in full. */
export type Sender = Runtime.MessageSender & { documentId?: string }

/** What a relay's port needs done. */
export interface RelayHandlers {
  sessions: Pick<Sessions, 'addDocument' | 'addBatches' | 'addCrash'>
  tabs: Pick<InspectedTabs, 'isInspected' | 'wasInspectedAfter' | 'sessionOf'>
  /** Of the parameters that the user has called secret: nothing is stored before they are known. */
  secretNames(): Promise<ReadonlySet<string>>
  /** Whether the page script is to take a call stack of each request. */
  callStacks(): Promise<boolean>
  /** Whether the tab's page has died. */
  hasCrashed(tabId: number): Promise<boolean>
  /** Runs the scripts in the tab's documents that have none at work. */
  inject(tabId: number): Promise<void>
}

export function serveRelay(
  port: Runtime.Port,
  { sessions, tabs, hasCrashed, inject, secretNames, callStacks }: RelayHandlers,
): void {
  const { tab, frameId = 0, documentId } = (port.sender ?? {}) as Sender
  const tabId = tab?.id
  if (tabId === undefined) return
  const reply = (command: RelayCommand): void => {
    try {
      port.postMessage(command)
    } catch {
      // The frame is gone: what it sent is stored, and no one waits for the answer.
    }
  }
  let document: DocumentInfo | undefined
  /** False for a document that came while recording was off: what it made before it was told so is not wanted. */
  let wanted = true
  const discard = (): void => {
    // DevTools may open on the tab while this is on its way, and find the relay still at work.
    port.onDisconnect.addListener(async () => {
      if (await tabs.isInspected(tabId)) await inject(tabId)
    })
    reply({ type: 'discard' })
  }
  const addDocument = async (received: DocumentInfo, since: number): Promise<void> => {
    const checked = checkedDocument(received)
    if (!checked) return discard()
    const inspected = await tabs.isInspected(tabId)
    // DevTools was closed: what was recorded until then is still to come.
    if (!inspected && !(await tabs.wasInspectedAfter(tabId, since))) return discard()
    const names = await secretNames()
    const url = redactUrl(checked.url, names)
    const described = { ...checked, url, frameId, ...(documentId === undefined ? {} : { documentId }) }
    wanted = (await sessions.addDocument(tabId, described)).recording
    document = described
    if (!inspected) return reply({ type: 'stop' })
    reply({ type: 'record', on: wanted, secretNames: [...names] })
    if (await callStacks()) reply({ type: 'call-stacks', on: true })
  }
  const addBatches = async (messages: readonly Extract<RelayMessage, { type: 'batch' }>[]): Promise<void> => {
    const last = messages.at(-1)
    if (!document || !last) return
    document.title = checkedTitle(last.title)
    wanted ||= (await tabs.sessionOf(tabId)).recording
    if (wanted) {
      const names = await secretNames()
      const batches: [seq: number, batch: Batch][] = []
      for (const { seq, batch } of messages) {
        const checked = checkedBatch(batch)
        redactBatch(checked, names)
        batches.push([seq, checked])
      }
      await sessions.addBatches(tabId, document, batches)
    }
    reply({ type: 'stored', seq: last.seq })
    // It was not there to hear it, or hung.
    if (!(await tabs.isInspected(tabId))) reply({ type: 'stop' })
  }
  const handle = async (messages: readonly RelayMessage[]): Promise<void> => {
    let batches: Extract<RelayMessage, { type: 'batch' }>[] = []
    for (const message of messages) {
      if (message.type === 'batch') {
        if (Number.isSafeInteger(message.seq)) batches.push(message)
        continue
      }
      await addBatches(batches)
      batches = []
      await addDocument(message.document, message.since)
    }
    await addBatches(batches)
  }
  // One after the other, so that a batch finds its document; what comes while others are being stored is stored together.
  let waiting: RelayMessage[] = []
  let working = false
  const work = async (): Promise<void> => {
    working = true
    while (waiting.length > 0) {
      const messages = waiting
      waiting = []
      await handle(messages)
    }
    working = false
  }
  // Its frames die with it.
  port.onDisconnect.addListener(async () => {
    if (document?.frameId === 0 && (await hasCrashed(tabId))) await sessions.addCrash(tabId, document)
  })
  port.onMessage.addListener(received => {
    waiting.push(received as RelayMessage)
    if (working) return
    work().catch(error => {
      // None that comes after it may be confirmed: the relay connects again and sends all that is not stored.
      console.error('Perf could not store', error)
      port.disconnect()
    })
  })
}
