// The worker of the other wires: it stores messages as they come, and confirms them.
import { openDB } from 'idb'
import type { Browser } from 'webextension-polyfill'

declare const chrome: Browser

const plain = openDB('plain', 1, { upgrade: db => void db.createObjectStore('messages', { autoIncrement: true }) })

chrome.runtime.onConnect.addListener(port => {
  port.onMessage.addListener(async message => {
    await (await plain).add('messages', message, undefined)
    port.postMessage(1)
  })
})
