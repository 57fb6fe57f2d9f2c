// Test (Node): evaluates in the inspected page as DevTools does, wherever that page has gone.
import type { Frame } from 'playwright/test'

/** What `chrome` has there; the polyfill's types promise a promise. */
interface InspectedWindow {
  eval(script: string, callback: (result: unknown, thrown?: { value?: string; description?: string }) => void): void
}

/** Playwright can't follow a page into the back/forward cache and out of it. */
export function inspectedEval(panel: Frame, script: string): Promise<unknown> {
  return panel.evaluate(
    source =>
      new Promise((resolve, reject) => {
        const inspected = chrome.devtools.inspectedWindow as unknown as InspectedWindow
        inspected.eval(source, (result, thrown) => {
          if (thrown) reject(new Error(thrown.value ?? thrown.description))
          else resolve(result)
        })
      }),
    script,
  )
}
