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

/** Registers the scripts for pages to come, or takes them back. Calling twice does no more than once. */
export function setRegistered(wanted: boolean): Promise<void> {
  const done = turn.then(async () => {
    const ids = SCRIPTS.map(({ id }) => id)
    const registered = await browser.scripting.getRegisteredContentScripts({ ids })
    if (wanted && registered.length === 0) await browser.scripting.registerContentScripts(SCRIPTS)
    if (!wanted && registered.length > 0) await browser.scripting.unregisterContentScripts({ ids })
  })
  turn = done.catch(() => undefined)
  return done
}

/** Runs the scripts in the documents that a tab already has. Rejects where the browser lets no extension in. */
export async function injectNow(tabId: number): Promise<void> {
  for (const { js, world } of SCRIPTS) {
    await browser.scripting.executeScript({
      target: { tabId, allFrames: true },
      files: js ?? [],
      injectImmediately: true,
      ...(world ? { world } : {}),
    })
  }
}
