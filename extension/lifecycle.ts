// Background: scripts are in pages only while DevTools is open.
import browser from 'webextension-polyfill'
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

  /** Opening and closing take turns: who closes DevTools and opens it again at once has it open. */
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const done = turn.then(task)
    turn = done.catch(error => console.error('Perf could not follow DevTools', error))
    return done
  }

  const closeUnlessConnected = (tabId: number): Promise<void> =>
    inTurn(async () => {
      if (connected.has(tabId)) return
      await tabs.setInspected(tabId, false)
      await tellTab(tabId, { type: 'stop' })
      if ((await tabs.inspected()).length === 0) await setRegistered(false)
    })

  setTimeout(async () => {
    for (const tabId of await tabs.inspected()) await closeUnlessConnected(tabId)
  }, RECONNECT_GRACE)

  // A page that no extension may enter has nothing to be injected; the panel says so.
  const inject = (tabId: number): Promise<void> => injectNow(tabId).catch(() => undefined)

  // Of a site that was withheld: its page is there already.
  browser.permissions.onAdded.addListener(async () => {
    for (const tabId of await tabs.inspected()) await inject(tabId)
  })

  return {
    inject,
    onDevtoolsOpened(tabId) {
      connected.set(tabId, (connected.get(tabId) ?? 0) + 1)
      return inTurn(async () => {
        await tabs.setInspected(tabId, true)
        await setRegistered(true)
        // Connected again, after the worker was stopped: unless that was before it came to this.
        if (await tabs.isInjected(tabId)) return
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
