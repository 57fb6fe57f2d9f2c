// The worker of our wire: the extension's own port and log.
import type { Browser } from 'webextension-polyfill'
import { serveRelay } from '../../extension/background/relay-port.ts'
import { openSessionLog } from '../../storage/session-log.ts'

declare const chrome: Browser

const session = { id: crypto.randomUUID(), tabId: 0, createdAt: Date.now(), recording: true, preserveLog: true }
const log = openSessionLog('ours')
const ready = log.addSession(session)

chrome.runtime.onConnect.addListener(port =>
  serveRelay(port, {
    sessions: {
      async addDocument() {
        await ready
        return session
      },
      async addBatches(_tabId, document, batches) {
        const entries = batches.map(([seq, batch]) => ({
          entry: { type: 'batch' as const, document, batch },
          delivery: [document.stream, seq] as [string, number],
        }))
        await log.append(session.id, entries)
      },
      addCrash: async () => {},
    },
    tabs: { isInspected: async () => true, wasInspectedAfter: async () => false, sessionOf: async () => session },
    secretNames: async () => new Set(),
    callStacks: async () => false,
    hasCrashed: async () => false,
    inject: async () => {},
  }),
)
