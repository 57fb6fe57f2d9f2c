// Node. Stops the extension's worker, as a browser does whenever it likes.
import type { Browser } from 'webextension-polyfill'
import type { ChromiumSession } from '../../scripts/chromium-session.ts'

declare const chrome: Browser

interface Target {
  id: string
  type: string
  url: string
}

/** Resolves with whether a worker that ran is certainly gone: only open DevTools can tell. */
export async function killWorker(chromium: ChromiumSession): Promise<boolean> {
  const before = await runningWorker(chromium)
  const json = `http://127.0.0.1:${chromium.debuggingPort}/json`
  const targets = (await (await fetch(`${json}/list`)).json()) as Target[]
  // Pages have service workers, too.
  const target = targets.find(({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension://'))
  if (!target) return false
  await fetch(`${json}/close/${target.id}`)
  if (before === undefined) return false
  for (;;) {
    const now = await runningWorker(chromium)
    if (now === undefined) return false
    if (now !== before) return true
  }
}

/** Names a run of the worker; empty while none runs, undefined while DevTools is closed. */
async function runningWorker({ context }: ChromiumSession): Promise<string | undefined> {
  const frames = context.pages().flatMap(page => page.frames())
  const own = frames.find(frame => frame.url().startsWith('chrome-extension://'))
  return own
    ?.evaluate(async () => {
      const [background] = await chrome.runtime.getContexts({ contextTypes: ['BACKGROUND'] })
      return background?.contextId ?? ''
    })
    .catch(() => undefined)
}
