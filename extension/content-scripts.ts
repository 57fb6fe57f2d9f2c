// Background: the two content scripts, registered only while DevTools is open somewhere.
import browser, { type Scripting } from 'webextension-polyfill'
import injected from '../injected/main.ts?script&iife'
import relay from './relay.ts?script&iife'

const SCRIPTS: Scripting.RegisteredContentScript[] = [
  { id: 'relay', js: [relay], world: 'ISOLATED' as const },
  { id: 'injected', js: [injected], world: 'MAIN' as const },
].map(script => ({
  ...script,
  matches: ['<all_urls>'],
  runAt: 'document_start',
  allFrames: true,
  matchOriginAsFallback: true,
  persistAcrossSessions: false,
}))

/** Calls take turns, so that opening and closing in quick succession end in the last state asked for. */
let turn: Promise<unknown> = Promise.resolve()

/** Registers the scripts for pages to come, or takes them back, as is `wanted` then. Calling twice does no more than once. */
export function updateRegistered(wanted: () => Promise<boolean>): Promise<void> {
  const done = turn.then(async () => {
    const ids = SCRIPTS.map(({ id }) => id)
    const [on, registered] = [await wanted(), await browser.scripting.getRegisteredContentScripts({ ids })]
    if (on && registered.length === 0) await browser.scripting.registerContentScripts(SCRIPTS)
    if (!on && registered.length > 0) await browser.scripting.unregisterContentScripts({ ids })
  })
  turn = done.catch(() => undefined)
  return done
}

/**
 * Runs the scripts in the documents that a tab already has; none waits for a frame that hangs to have run the other.
 * Resolves when all frames have run them. Rejects where the browser lets no extension in.
 */
export async function injectNow(tabId: number): Promise<void> {
  await Promise.all(
    SCRIPTS.map(({ js, world }) =>
      browser.scripting.executeScript({
        target: { tabId, allFrames: true },
        files: js ?? [],
        injectImmediately: true,
        ...(world ? { world } : {}),
      }),
    ),
  )
}
