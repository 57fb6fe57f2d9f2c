// Background: the two content scripts, which are registered only while DevTools is open somewhere.
import browser, { type Scripting } from 'webextension-polyfill'
import injected from '../../injected/main.ts?script&iife'
import relay from '../relay/relay.ts?script&iife'

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

/** Written to `storage.session`, with a new value each time, when the scripts were unregistered. */
const UNREGISTERED_KEY = 'scripts-unregistered'

/** One call after the other, so that opening and closing in quick succession end in the last state. */
let queue: Promise<unknown> = Promise.resolve()

/**
 * Registers the scripts for pages to come, or unregisters them, as `wanted` says by then. In Chromium the workers of the
 * normal and the incognito profile share the registration: see `onUnregistered`.
 */
export function updateRegistered(wanted: () => Promise<boolean>): Promise<void> {
  const done = queue.then(async () => {
    const ids = SCRIPTS.map(({ id }) => id)
    const isRegistered = async () => (await browser.scripting.getRegisteredContentScripts({ ids })).length > 0
    const on = await wanted()
    if (on === (await isRegistered())) return
    try {
      if (on) await browser.scripting.registerContentScripts(SCRIPTS)
      else await browser.scripting.unregisterContentScripts({ ids })
    } catch (error) {
      // The worker of the other profile may have done the same at the same time.
      if (on !== (await isRegistered())) throw error
    }
    if (!on) await browser.storage.session.set({ [UNREGISTERED_KEY]: crypto.randomUUID() })
  })
  queue = done.catch(() => undefined)
  return done
}

/** The scripts were unregistered, perhaps by the worker of the other profile, which does not know who needs them here. */
export function onUnregistered(listener: () => void): void {
  browser.storage.session.onChanged.addListener(changes => {
    if (UNREGISTERED_KEY in changes) listener()
  })
}

/**
 * Runs the scripts in the documents that a tab already has. They do not wait for each other, as a frame may hang. Resolves when
 * all frames have run them; rejects where the browser lets no extension in.
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
