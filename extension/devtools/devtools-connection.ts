// Devtools page: an open port is the sign that DevTools is open; closing DevTools closes it.
import browser from 'webextension-polyfill'
import { DEVTOOLS_PORT, type DevtoolsMessage } from '../../wire/messages.ts'

/**
 * Milliseconds between signs of life. A worker that nothing reaches for 30 s is stopped, and a page that is left while it
 * starts again is lost: https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/lifecycle.
 */
const SIGN_INTERVAL = 20_000

/** Connects, and again each time that the background's worker was stopped; keeps it awake. */
export function announceDevtools(tabId: number): void {
  try {
    const port = browser.runtime.connect({ name: DEVTOOLS_PORT })
    const post = (message: DevtoolsMessage): void => port.postMessage(message)
    const signs = setInterval(() => post({ type: 'open' }), SIGN_INTERVAL)
    const { onNavigated } = browser.devtools.network
    const noteNavigation = (): void => post({ type: 'navigated' })
    onNavigated.addListener(noteNavigation)
    port.onDisconnect.addListener(() => {
      clearInterval(signs)
      onNavigated.removeListener(noteNavigation)
      announceDevtools(tabId)
    })
    post({ type: 'inspect', tabId })
  } catch {
    // The extension was reloaded or removed: this page belongs to the one that is gone.
  }
}
