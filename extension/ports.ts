// Background: what comes in over ports and messages, and what is done about it.
import browser, { type Runtime } from 'webextension-polyfill'
import type { DocumentInfo } from '../wire/batch.ts'
import { checkedBatch, checkedDocument, checkedTitle } from '../wire/batch-guard.ts'
import {
  DEVTOOLS_PORT,
  type DevtoolsMessage,
  type ListedSession,
  type PanelRequest,
  RELAY_PORT,
  type RelayCommand,
  type RelayMessage,
  type SessionInfo,
} from '../wire/messages.ts'
import type { PageAccess } from '../wire/page-access.ts'
import { redactUrl } from '../wire/redact-url.ts'
import { redactBatch } from '../wire/secret-names.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import { pageAccess } from './page-access.ts'
import type { Sessions } from './sessions.ts'
import type { StoredSessions } from './stored-sessions.ts'

/** What the ports need done. */
export interface PortHandlers {
  sessions: Sessions
  stored: StoredSessions
  tabs: InspectedTabs
  onDevtoolsOpened(tabId: number): Promise<void>
  onDevtoolsClosed(tabId: number): Promise<void>
  /** Of the parameters that the user has called secret: nothing is stored before they are known. */
  secretNames(): Promise<ReadonlySet<string>>
  /** Runs the scripts in the tab's documents that have none at work. */
  inject(tabId: number): Promise<void>
}

/** A sender's ids, which webextension-polyfill's types do not know in full. */
type Sender = Runtime.MessageSender & { documentId?: string }

/** All frames of a tab; a tab without any of our scripts has no one to hear it. */
export async function tellTab(tabId: number, command: RelayCommand): Promise<void> {
  await browser.tabs.sendMessage(tabId, command).catch(() => undefined)
}

/** Whether one of our own pages speaks. Not told by `tab`: pages in undocked DevTools have one, frames of it too. */
function isOwnPage(sender: Sender | undefined): boolean {
  return sender?.url?.startsWith(browser.runtime.getURL('')) ?? false
}

export function listenToPorts(handlers: PortHandlers): void {
  browser.runtime.onConnect.addListener(port => {
    if (port.name === RELAY_PORT) serveRelay(port, handlers)
    else if (port.name === DEVTOOLS_PORT && isOwnPage(port.sender)) serveDevtools(port, handlers)
  })
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) =>
    isOwnPage(sender) ? answerPanel(message as PanelRequest, handlers) : undefined,
  )
}

function serveDevtools(port: Runtime.Port, { onDevtoolsOpened, onDevtoolsClosed }: PortHandlers): void {
  port.onMessage.addListener(received => {
    const { tabId } = received as DevtoolsMessage
    port.onDisconnect.addListener(() => void onDevtoolsClosed(tabId))
    void onDevtoolsOpened(tabId)
  })
}

function serveRelay(port: Runtime.Port, { sessions, tabs, inject, secretNames }: PortHandlers): void {
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
  const addDocument = async (received: DocumentInfo): Promise<void> => {
    const checked = checkedDocument(received)
    if (!checked) return discard()
    const names = await secretNames()
    const url = redactUrl(checked.url, names)
    const described = { ...checked, url, frameId, ...(documentId === undefined ? {} : { documentId }) }
    if (await tabs.isInspected(tabId)) {
      wanted = (await sessions.addDocument(tabId, described)).recording
      reply({ type: 'record', on: wanted, secretNames: [...names] })
    } else if (await sessions.knows(tabId, described)) {
      // DevTools was closed: what was recorded until then is still to come.
      reply({ type: 'stop' })
    } else return discard()
    document = described
  }
  const handle = async (message: RelayMessage): Promise<void> => {
    if (message.type === 'document') return addDocument(message.document)
    if (!document || !Number.isSafeInteger(message.seq)) return
    document.title = checkedTitle(message.title)
    wanted ||= (await tabs.sessionOf(tabId)).recording
    if (wanted) {
      const batch = checkedBatch(message.batch)
      redactBatch(batch, await secretNames())
      await sessions.addBatch(tabId, document, message.seq, batch)
    }
    reply({ type: 'stored', seq: message.seq })
  }
  // One after the other, so that a batch finds its document.
  let turn: Promise<unknown> = Promise.resolve()
  port.onMessage.addListener(received => {
    turn = turn.then(() => handle(received as RelayMessage))
    turn.catch(error => {
      // None that comes after it may be confirmed: the relay connects again and sends all that is not stored.
      console.error('Perf could not store', error)
      port.disconnect()
    })
  })
}

async function answerPanel(
  request: PanelRequest,
  { sessions, stored, tabs }: PortHandlers,
): Promise<SessionInfo | ListedSession[] | PageAccess | boolean> {
  const { tabId } = request
  if (request.type === 'access') return pageAccess(tabId, request.url)
  if (request.type === 'list') return stored.list()
  if (request.type === 'remove') return stored.remove(request.sessionId)
  if (request.type === 'session') return tabs.sessionOf(tabId)
  if (request.type === 'clear') return sessions.clear(tabId)
  if (request.type === 'preserve-log') return sessions.setPreserveLog(tabId, request.on)
  const session = await sessions.setRecording(tabId, request.on)
  await tellTab(tabId, { type: 'record', on: request.on })
  return session
}
