// The content script of the other wires: it passes on what it gets.
import type { Browser } from 'webextension-polyfill'
import type { PeerAnswer, PeerMessage } from './wires.ts'

declare const chrome: Browser

const port = chrome.runtime.connect()
port.onMessage.addListener(count => {
  window.postMessage({ source: 'relay', stored: count as number } satisfies PeerAnswer, '*')
})
window.addEventListener('message', ({ source, data }: MessageEvent<PeerMessage | PeerAnswer>) => {
  if (source === window && data.source === 'page') port.postMessage(data.operations)
})
