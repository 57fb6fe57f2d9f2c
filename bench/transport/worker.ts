// The worker of our wire: the extension's own port and log.
import type { Browser } from 'webextension-polyfill'
import { serveRelay } from '../../extension/background/relay-port.ts'
import { openSessionLog } from '../../storage/session-log.ts'

declare const chrome: Browser

const id = crypto.randomUUID()
const log = openSessionLog('ours')
const ready = log.addSession({ id, tabId: 0, createdAt: Date.now(), recording: true, preserveLog: true })

chrome.runtime.onConnect.addListener(port =>
  serveRelay(port, {
    sessions: {
      addDocument: () => ready,
      async addBatches(_tabId, document, batches) {
        const entries = batches.map(([seq, batch]) => ({
          entry: { type: 'batch' as const, document, batch },
          delivery: [document.stream, seq] as [string, number],
        }))
        await log.append(id, entries)
      },
      addCrash: async () => {},
    },
    tabs: { isInspected: async () => true, wasInspectedAfter: async () => true, sessionOf: () => ready },
    secretNames: async () => new Set(),
    callStacks: async () => false,
    hasCrashed: async () => false,
    inject: async () => {},
    onDiscarded() {},
  }),
)
