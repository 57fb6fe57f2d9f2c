// Background: what comes in over ports and messages, and what is done about it.
import browser, { type Runtime } from 'webextension-polyfill'
import {
  DEVTOOLS_PORT,
  type DevtoolsMessage,
  type ListedSession,
  type PanelRequest,
  RELAY_PORT,
  type RelayCommand,
  type SessionInfo,
} from '../../wire/messages.ts'
import type { PageAccess } from '../../wire/page-access.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import { pageAccess } from './page-access.ts'
import { type RelayHandlers, type Sender, serveRelay } from './relay-port.ts'
import type { Sessions } from './sessions.ts'
import type { StoredSessions } from './stored-sessions.ts'

/** What the ports need done. */
export interface PortHandlers extends RelayHandlers {
  sessions: Sessions
  stored: StoredSessions
  tabs: InspectedTabs
  onDevtoolsOpened(tabId: number): Promise<void>
  onDevtoolsClosed(tabId: number): Promise<void>
}

/**
 * All frames of a tab; a tab without any of our scripts has no one to hear it. Resolves when they have: not as long as one
 * of them hangs, so nothing that a user waits for may wait for it.
 */
export async function sendToTab(tabId: number, command: RelayCommand): Promise<void> {
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
    const message = received as DevtoolsMessage
    // Its arrival alone keeps the worker awake.
    if (message.type === 'open') return
    const { tabId } = message
    port.onDisconnect.addListener(() => void onDevtoolsClosed(tabId))
    void onDevtoolsOpened(tabId)
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
  if (request.type === 'clear') {
    const session = await sessions.clear(tabId)
    void sendToTab(tabId, { type: 'cleared', at: session.createdAt })
    return session
  }
  if (request.type === 'preserve-log') return sessions.setPreserveLog(tabId, request.on)
  const session = await sessions.setRecording(tabId, request.on)
  void sendToTab(tabId, { type: 'record', on: request.on })
  return session
}
