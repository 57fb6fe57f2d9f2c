// Devtools page: an open port is the sign that DevTools is open; closing DevTools closes it.
import browser from 'webextension-polyfill'
import { DEVTOOLS_PORT, type DevtoolsMessage } from '../wire/messages.ts'

/** Connects, and again each time that the background's worker was stopped (about every 30 idle seconds). */
export function announceDevtools(tabId: number): void {
  try {
    const port = browser.runtime.connect({ name: DEVTOOLS_PORT })
    port.onDisconnect.addListener(() => announceDevtools(tabId))
    port.postMessage({ type: 'inspect', tabId } satisfies DevtoolsMessage)
  } catch {
    // The extension was reloaded or removed: this page belongs to the one that is gone.
  }
}
