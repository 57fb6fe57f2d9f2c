// Panel: talks to the background by the extension's messages and broadcasts.
import browser from 'webextension-polyfill'
import type { SessionLog } from '../../../storage/session-log.ts'
import type { LogEntry } from '../../../wire/log.ts'
import {
  type ListedSession,
  LOG_CHANNEL,
  type LogChange,
  type PanelRequest,
  type RelayCommand,
  type StoredSession,
} from '../../../wire/messages.ts'
import type { PageAccess } from '../../../wire/page-access.ts'
import type { ConnectionPorts } from './session-connection.ts'

export interface Background extends ConnectionPorts {
  log: Pick<SessionLog, 'read' | 'getSession'>
  /** Each resolves with the tab's session after it. */
  record(on: boolean): Promise<StoredSession>
  preserveLog(on: boolean): Promise<StoredSession>
  clear(): Promise<StoredSession>
  /** All stored sessions. */
  list(): Promise<ListedSession[]>
  /** Whether the page may be recorded. `url` is the page's, as far as DevTools knows it. */
  access(url: string | undefined): Promise<PageAccess>
  /** Adds an entry to a session's log. False if there is no such session any more. */
  append(sessionId: string, entry: LogEntry): Promise<boolean>
  /** Has the page read its heap more often for a few seconds. */
  sampleHeap(): void
  /** Removes a stored session. False if it is in use, and was not removed. */
  remove(sessionId: string): Promise<boolean>
}

export function connectBackground(tabId: number, log: SessionLog): Background {
  const send = <Answer>(request: PanelRequest): Promise<Answer> =>
    browser.runtime.sendMessage<PanelRequest, Answer>(request)

  return {
    log,
    isGone: () => browser.runtime.id === undefined,
    askSession: async () => (await send<StoredSession | undefined>({ type: 'session', tabId })) ?? null,
    record: on => send({ type: 'record', tabId, on }),
    preserveLog: on => send({ type: 'preserve-log', tabId, on }),
    clear: () => send({ type: 'clear', tabId }),
    list: () => send({ type: 'list', tabId }),
    access: url => send({ type: 'access', tabId, ...(url === undefined ? {} : { url }) }),
    async append(sessionId, entry) {
      const isStored = (await log.append(sessionId, [{ entry }])) !== undefined
      if (isStored) {
        const channel = new BroadcastChannel(LOG_CHANNEL)
        channel.postMessage({ sessionId, change: 'appended' } satisfies LogChange)
        channel.close()
      }
      return isStored
    },
    sampleHeap() {
      // Firefox gives panels no `tabs`, and pages no size of the heap.
      const { tabs } = browser as Partial<typeof browser>
      const command: RelayCommand = { type: 'sample-heap' }
      // The top frame reads the heap. A page without our scripts has nobody to hear it.
      tabs?.sendMessage(tabId, command, { frameId: 0 }).catch(() => undefined)
    },
    remove: sessionId => send({ type: 'remove', tabId, sessionId }),
    onLogChange(listener) {
      const channel = new BroadcastChannel(LOG_CHANNEL)
      channel.onmessage = (event: MessageEvent<LogChange>) => listener(event.data)
      return () => channel.close()
    },
  }
}
