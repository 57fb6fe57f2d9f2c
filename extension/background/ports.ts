// Background: what comes in over ports and messages, and what is done about it.
import type { Browser, Runtime } from 'webextension-polyfill'
import {
  DEVTOOLS_PORT,
  type DevtoolsMessage,
  type ListedSession,
  type PanelRequest,
  RELAY_PORT,
  type RelayCommand,
  type StoredSession,
} from '../../wire/messages.ts'
import type { PageAccess } from '../../wire/page-access.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import type { Lifecycle } from './lifecycle.ts'
import { type RelayHandlers, type Sender, serveRelay } from './relay-port.ts'
import type { Sessions } from './sessions.ts'
import type { StoredSessions } from './stored-sessions.ts'

/** What the ports need done. */
export interface PortHandlers
  extends RelayHandlers,
    Pick<Lifecycle, 'onDevtoolsOpened' | 'onDevtoolsClosed' | 'onNavigated'> {
  runtime: Pick<Browser['runtime'], 'getURL' | 'onConnect' | 'onMessage'>
  sessions: Sessions
  stored: Pick<StoredSessions, 'list' | 'remove'>
  tabs: InspectedTabs
  /** Whether the scripts may run in the tab's page. */
  pageAccess(tabId: number, url: string | undefined): Promise<PageAccess>
  sendToTab(tabId: number, command: RelayCommand): Promise<void>
}

export function listenToPorts(handlers: PortHandlers): void {
  const { runtime } = handlers
  /** Whether one of our own pages speaks. `tab` does not say: pages in undocked DevTools have one, and frames of it too. */
  const isOwnPage = (sender: Sender | undefined): boolean => sender?.url?.startsWith(runtime.getURL('')) ?? false

  runtime.onConnect.addListener(port => {
    if (port.name === RELAY_PORT) serveRelay(port, handlers)
    else if (port.name === DEVTOOLS_PORT && isOwnPage(port.sender)) serveDevtools(port, handlers)
  })
  runtime.onMessage.addListener((message: unknown, sender: Sender) =>
    isOwnPage(sender) ? answerPanel(message as PanelRequest, handlers) : undefined,
  )
}

function serveDevtools(port: Runtime.Port, { onDevtoolsOpened, onDevtoolsClosed, onNavigated }: PortHandlers): void {
  let inspected: number | undefined
  port.onMessage.addListener(received => {
    const message = received as DevtoolsMessage
    if (message.type === 'inspect') {
      const { tabId } = message
      inspected = tabId
      port.onDisconnect.addListener(() => void onDevtoolsClosed(tabId))
      void onDevtoolsOpened(tabId)
    } else if (message.type === 'navigated' && inspected !== undefined) onNavigated(inspected)
    // The arrival of any other alone keeps the worker awake.
  })
}

/** Waits for no answer of a page's: one that hangs gives none. */
async function answerPanel(
  request: PanelRequest,
  { sessions, stored, tabs, pageAccess, sendToTab }: PortHandlers,
): Promise<StoredSession | ListedSession[] | PageAccess | boolean> {
  const { tabId } = request
  switch (request.type) {
    case 'access':
      return pageAccess(tabId, request.url)
    case 'list':
      return stored.list()
    case 'remove':
      return stored.remove(request.sessionId)
    case 'session':
      return tabs.sessionOf(tabId)
    case 'preserve-log':
      return sessions.setPreserveLog(tabId, request.on)
    case 'record': {
      const session = await sessions.setRecording(tabId, request.on)
      void sendToTab(tabId, { type: 'record', on: session.recording })
      return session
    }
    case 'clear': {
      const session = await sessions.clear(tabId)
      sendNewSession(session, session.createdAt, sendToTab)
      return session
    }
  }
}

/**
 * Tells a tab's pages that they have another session, which may be recorded where the one before was not.
 * @param at in epoch milliseconds: what had ended by then belongs to the session before.
 */
export function sendNewSession(
  { tabId, recording }: StoredSession,
  at: number,
  sendToTab: PortHandlers['sendToTab'],
): void {
  void sendToTab(tabId, { type: 'record', on: recording })
  void sendToTab(tabId, { type: 'cleared', at })
}
