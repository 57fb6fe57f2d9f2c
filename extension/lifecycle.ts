// Background: scripts are in pages only while DevTools is open.
import { injectNow, setRegistered } from './content-scripts.ts'
import type { InspectedTabs } from './inspected-tabs.ts'
import { tellTab } from './ports.ts'

/**
 * Milliseconds that an open DevTools has to connect again after the worker was stopped; it does so at once, so
 * one that has not is closed.
 */
const RECONNECT_GRACE = 5_000

export interface Lifecycle {
  onDevtoolsOpened(tabId: number): Promise<void>
  onDevtoolsClosed(tabId: number): Promise<void>
  inject(tabId: number): Promise<void>
}

export function createLifecycle(tabs: InspectedTabs): Lifecycle {
  /** DevTools pages connected to this run of the worker, by tab. */
  const connected = new Map<number, number>()

  const close = async (tabId: number): Promise<void> => {
    await tabs.setInspected(tabId, false)
    await tellTab(tabId, { type: 'stop' })
    if ((await tabs.inspected()).length === 0) await setRegistered(false)
  }

  setTimeout(async () => {
    for (const tabId of await tabs.inspected()) if (!connected.has(tabId)) await close(tabId)
  }, RECONNECT_GRACE)

  // A page that no extension may enter has nothing to be injected; the panel says so.
  const inject = (tabId: number): Promise<void> => injectNow(tabId).catch(() => undefined)

  return {
    inject,
    async onDevtoolsOpened(tabId) {
      connected.set(tabId, (connected.get(tabId) ?? 0) + 1)
      const reconnected = await tabs.isInspected(tabId)
      await tabs.setInspected(tabId, true)
      await setRegistered(true)
      if (!reconnected) await inject(tabId)
    },
    async onDevtoolsClosed(tabId) {
      const left = (connected.get(tabId) ?? 1) - 1
      if (left > 0) connected.set(tabId, left)
      else {
        connected.delete(tabId)
        await close(tabId)
      }
    },
  }
}
