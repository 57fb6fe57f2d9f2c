// Background: scripts are in pages only while DevTools is open.
import type { RelayCommand } from '../../wire/messages.ts'
import type { InspectedTabs } from './inspected-tabs.ts'

/**
 * Milliseconds that an open DevTools has to connect again after the worker was stopped. It does so immediately, so one that
 * has not is closed.
 */
export const RECONNECT_GRACE = 5_000
/** Milliseconds in which a page carries out a command, unless it hangs. */
const PAGE_TIMEOUT = 2_000
/**
 * Milliseconds for the registered scripts to run in a document that has just come. Run once more, they would run after scripts of
 * the page, which may have replaced what they use.
 */
export const SCRIPTS_GRACE = 1_000
/** Milliseconds after which an opening is tried again that could not be stored. */
const RETRY_INTERVAL = 1_000

const after = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))

export interface Lifecycle {
  onDevtoolsOpened(tabId: number): Promise<void>
  onDevtoolsClosed(tabId: number): Promise<void>
  /**
   * The inspected tab has another document. One that comes back from the back/forward cache may be from before DevTools was
   * opened, and no registered script runs in it.
   */
  onNavigated(tabId: number): void
  inject(tabId: number): Promise<void>
}

export interface LifecycleParts {
  tabs: Pick<InspectedTabs, 'open' | 'close' | 'inspected' | 'setInjected'>
  /** Registers the scripts for pages to come, or unregisters them, as `wanted` says by then. */
  updateRegistered(wanted: () => Promise<boolean>): Promise<void>
  /** Runs the scripts in a tab's documents. */
  injectNow(tabId: number): Promise<void>
  /** Whether a relay is at work in the tab's top frame. Does not resolve while that hangs. */
  isAtWork(tabId: number): Promise<boolean>
  /** To all frames of a tab; resolves when they have heard it. */
  sendToTab(tabId: number, command: RelayCommand): Promise<void>
  /** Calls `listener` when the user has given access to a site. */
  onSiteAllowed(listener: () => void): void
  /** Calls `listener` when the scripts were unregistered, perhaps by the worker of the other profile. */
  onUnregistered(listener: () => void): void
}

export function createLifecycle({
  tabs,
  updateRegistered,
  injectNow,
  isAtWork,
  sendToTab,
  onSiteAllowed,
  onUnregistered,
}: LifecycleParts): Lifecycle {
  /** DevTools pages connected to this run of the worker, by tab. */
  const connected = new Map<number, number>()
  /** What is to be done in each tab's page. */
  const pageQueues = new Map<number, Promise<void>>()

  /** In order: DevTools that is closed and opened again immediately is open. A frame that hangs holds up nobody for long. */
  const inPage = (tabId: number, task: () => Promise<void>): void => {
    const done = (pageQueues.get(tabId) ?? Promise.resolve()).then(() => Promise.race([task(), after(PAGE_TIMEOUT)]))
    const log = (error: unknown): void => console.error('Perf could not reach a page', error)
    pageQueues.set(tabId, done.catch(log))
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

  // Nothing can be injected into a page that no extension may enter; the panel says so.
  const inject = (tabId: number): Promise<void> => injectNow(tabId).catch(() => undefined)

  const injectWhereMissing = async (tabId: number): Promise<void> => {
    if (await isAtWork(tabId)) return
    await after(SCRIPTS_GRACE)
    if (!(await isAtWork(tabId))) await inject(tabId)
  }

  const injectAll = async (): Promise<void> => {
    for (const tabId of await tabs.inspected()) void inject(tabId)
  }

  // The site's page is there already.
  onSiteAllowed(injectAll)
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
        // DevTools connected again, after the worker was stopped. Another document may have come meanwhile.
        if (opened.injected) return injectWhereMissing(tabId)
        await inject(tabId)
        await tabs.setInjected(tabId)
      })
    },
    onNavigated: tabId => inPage(tabId, () => injectWhereMissing(tabId)),
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
