// The worker: stores what comes, and confirms it. Ours as the extension's does, the others' as they are.
import { openDB } from 'idb'
import type { Browser, Runtime } from 'webextension-polyfill'
import { openSessionLog } from '../../storage/session-log.ts'
import type { DocumentInfo } from '../../wire/batch.ts'
import { checkedBatch } from '../../wire/batch-guard.ts'
import type { RelayCommand, RelayMessage } from '../../wire/messages.ts'
import { PORT } from './wires.ts'

declare const chrome: Browser

const SESSION = crypto.randomUUID()
const log = openSessionLog('ours')
const ready = log.addSession({ id: SESSION, tabId: 0, createdAt: Date.now(), recording: true, preserveLog: true })
const plain = openDB('plain', 1, { upgrade: db => void db.createObjectStore('messages', { autoIncrement: true }) })

chrome.runtime.onConnect.addListener(port => (port.name === PORT ? servePlain(port) : serveOurs(port)))

function serveOurs(port: Runtime.Port): void {
  let document: DocumentInfo | undefined
  const reply = (command: RelayCommand): void => port.postMessage(command)
  port.onMessage.addListener(async received => {
    const message = received as RelayMessage
    if (message.type === 'document') {
      document = message.document
      return reply({ type: 'record', on: true })
    }
    if (!document) return
    await ready
    const entry = { type: 'batch' as const, document, batch: checkedBatch(message.batch) }
    await log.append(SESSION, [{ entry, delivery: [document.stream, message.seq] }])
    reply({ type: 'stored', seq: message.seq })
  })
}

function servePlain(port: Runtime.Port): void {
  port.onMessage.addListener(async message => {
    const value: unknown = typeof message === 'string' ? JSON.parse(message) : message
    await (await plain).add('messages', value, undefined)
    port.postMessage(1)
  })
}
