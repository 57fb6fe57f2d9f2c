// The content script: the extension's own relay, and beside it one that passes on what it gets, for the other wires.
import type { Browser } from 'webextension-polyfill'
import { startRelay } from '../../extension/page-relay.ts'
import { PORT, SEND_EVENT, STORED_EVENT } from './wires.ts'

declare const chrome: Browser

startRelay()
const port = chrome.runtime.connect({ name: PORT })
port.onMessage.addListener(count => {
  window.dispatchEvent(new MessageEvent(STORED_EVENT, { data: count }))
})
window.addEventListener(SEND_EVENT, event => port.postMessage((event as MessageEvent).data))
