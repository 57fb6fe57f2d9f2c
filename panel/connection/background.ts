// Panel: the ports to the background, over the extension's own messages and broadcasts.
import browser from 'webextension-polyfill'
import type { SessionLog } from '../../storage/session-log.ts'
import { LOG_CHANNEL, type LogChange, type PanelRequest, type SessionInfo } from '../../wire/messages.ts'
import type { ConnectionPorts } from './session-connection.ts'

export interface Background extends ConnectionPorts {
  record(on: boolean): Promise<unknown>
  preserveLog(on: boolean): Promise<unknown>
  clear(): Promise<unknown>
}

export function connectBackground(tabId: number, log: SessionLog): Background {
  const send = async (request: PanelRequest): Promise<SessionInfo | null> =>
    (await browser.runtime.sendMessage<PanelRequest, SessionInfo | null | undefined>(request)) ?? null

  return {
    log,
    askSession: () => send({ type: 'session', tabId }),
    record: on => send({ type: 'record', tabId, on }),
    preserveLog: on => send({ type: 'preserve-log', tabId, on }),
    clear: () => send({ type: 'clear', tabId }),
    onLogChange(listener) {
      const channel = new BroadcastChannel(LOG_CHANNEL)
      channel.onmessage = (event: MessageEvent<LogChange>) => listener(event.data)
      return () => channel.close()
    },
  }
}
