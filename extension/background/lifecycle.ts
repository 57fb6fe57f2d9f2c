// Background: scripts are in pages only while DevTools is open.
import browser from 'webextension-polyfill'
import { injectNow, onUnregistered, updateRegistered } from './content-scripts.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import { sendToTab } from './ports.ts'

/**
 * Milliseconds that an open DevTools has to connect again after the worker was stopped; it does so at once, so
 * one that has not is closed.
 */
const RECONNECT_GRACE = 5_000
/** Milliseconds in which a page does what it is told, unless it hangs. */
const PAGE_PATIENCE = 2_000
/** Milliseconds after which an opening is tried again that could not be stored. */
const RETRY_INTERVAL = 1_000

const after = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

export interface Lifecycle {
  onDevtoolsOpened(tabId: number): Promise<void>
  onDevtoolsClosed(tabId: number): Promise<void>
  inject(tabId: number): Promise<void>
}

export function createLifecycle(tabs: InspectedTabs): Lifecycle {
  /** DevTools pages connected to this run of the worker, by tab. */
  const connected = new Map<number, number>()
  /** What is to be done in each tab's page. */
  const pageTurns = new Map<number, Promise<void>>()

  /** One after the other: who closes DevTools and opens it again at once has it open. No frame that hangs holds up the others. */
  const inPage = (tabId: number, task: () => Promise<void>): void => {
    const turn = (pageTurns.get(tabId) ?? Promise.resolve()).then(() => Promise.race([task(), after(PAGE_PATIENCE)]))
    const log = (error: unknown): void => console.error('Perf could not reach a page', error)
    pageTurns.set(tabId, turn.catch(log))
  }

  const isNeeded = async (): Promise<boolean> => (await tabs.inspected()).length > 0

  const closeUnlessConnected = async (tabId: number): Promise<void> => {
    if (connected.has(tabId)) return
    await tabs.close(tabId)
    inPage(tabId, () => sendToTab(tabId, { type: 'stop' }))
    await updateRegistered(isNeeded)
  }

  /** Undefined where DevTools was closed before it could be stored. */
  const open = async (tabId: number): Promise<{ injected: boolean } | undefined> => {
    while (connected.has(tabId)) {
      try {
        return await tabs.open(tabId)
      } catch (error) {
        console.error('Perf could not store that DevTools is open', error)
        await after(RETRY_INTERVAL)
      }
    }
    return undefined
  }

  setTimeout(async () => {
    for (const tabId of await tabs.inspected()) await closeUnlessConnected(tabId)
    // The last worker may have been stopped before it came to that.
    await updateRegistered(isNeeded)
  }, RECONNECT_GRACE)

  // A page that no extension may enter has nothing to be injected; the panel says so.
  const inject = (tabId: number): Promise<void> => injectNow(tabId).catch(() => undefined)

  const injectAll = async (): Promise<void> => {
    for (const tabId of await tabs.inspected()) void inject(tabId)
  }

  // Of a site that was withheld: its page is there already.
  browser.permissions.onAdded.addListener(injectAll)
  onUnregistered(async () => {
    await updateRegistered(isNeeded)
    // A page may have loaded meanwhile. What runs in a page already is not started twice.
    await injectAll()
  })

  return {
    inject,
    async onDevtoolsOpened(tabId) {
      connected.set(tabId, (connected.get(tabId) ?? 0) + 1)
      const opened = await open(tabId)
      if (!opened) return
      const registered = updateRegistered(isNeeded)
      inPage(tabId, async () => {
        await registered
        // Connected again, after the worker was stopped: unless that was before it came to this.
        if (opened.injected) return
        await inject(tabId)
        await tabs.setInjected(tabId)
      })
    },
    async onDevtoolsClosed(tabId) {
      const left = (connected.get(tabId) ?? 1) - 1
      if (left > 0) connected.set(tabId, left)
      else {
        connected.delete(tabId)
        await closeUnlessConnected(tabId)
      }
    },
  }
}
