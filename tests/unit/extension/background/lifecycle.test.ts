// Test (Node): scripts are registered and in pages while DevTools is open, over the worker's end.
import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLifecycle, RECONNECT_GRACE, SCRIPTS_GRACE } from '../../../../extension/background/lifecycle.ts'
import { createTabsWorld } from '../../../support/fake-tabs.ts'
import { turn } from '../../../support/turn.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A browser, and workers that come one after the other. */
function createWorld() {
  const { tabs, createTabs, area } = createTabsWorld()
  const world = {
    tabs,
    area,
    registered: false,
    /** What was done in pages. */
    done: [] as string[],
    /** Pages that give no answer. */
    hung: new Set<number>(),
    /** Tabs whose document has no relay at work. */
    bare: new Set<number>(),
    refused: false,
    allowSite: (): void => undefined,
    unregister: (): void => undefined,
  }
  const startWorker = (own = createTabs()) =>
    createLifecycle({
      tabs: own,
      updateRegistered: async wanted => {
        world.registered = await wanted()
      },
      async injectNow(tabId) {
        if (world.refused) throw new Error('Cannot access contents of the page.')
        if (world.hung.has(tabId)) await new Promise(() => undefined)
        world.done.push(`inject ${tabId}`)
        world.bare.delete(tabId)
      },
      async isAtWork(tabId) {
        if (world.hung.has(tabId)) await new Promise(() => undefined)
        return !world.bare.has(tabId)
      },
      async sendToTab(tabId, { type }) {
        if (world.hung.has(tabId)) await new Promise(() => undefined)
        world.done.push(`${type} ${tabId}`)
      },
      onSiteAllowed: listener => {
        world.allowSite = listener
      },
      onUnregistered: listener => {
        world.unregister = listener
      },
    })
  return { world, startWorker }
}

test('registers the scripts and runs them when DevTools opens, and takes them back when the last one closes', async () => {
  const { world, startWorker } = createWorld()
  const lifecycle = startWorker()
  await lifecycle.onDevtoolsOpened(1)
  await lifecycle.onDevtoolsOpened(2)
  await turn(20)
  expect([world.registered, world.done]).toEqual([true, ['inject 1', 'inject 2']])
  await lifecycle.onDevtoolsClosed(1)
  await turn(20)
  expect([world.registered, world.done.at(-1)]).toEqual([true, 'stop 1'])
  await lifecycle.onDevtoolsClosed(2)
  await turn(20)
  expect([world.registered, world.done.at(-1)]).toEqual([false, 'stop 2'])
})

test('two DevTools of one tab, as while it is docked anew, are open until both have closed', async () => {
  const { world, startWorker } = createWorld()
  const lifecycle = startWorker()
  await lifecycle.onDevtoolsOpened(1)
  await lifecycle.onDevtoolsOpened(1)
  await lifecycle.onDevtoolsClosed(1)
  expect(await world.tabs.isInspected(1)).toBe(true)
  await lifecycle.onDevtoolsClosed(1)
  expect(await world.tabs.isInspected(1)).toBe(false)
})

test('does not run the scripts again when DevTools connects to a new worker', async () => {
  const { world, startWorker } = createWorld()
  await startWorker().onDevtoolsOpened(1)
  await turn(20)
  await startWorker().onDevtoolsOpened(1)
  await turn(20)
  await vi.advanceTimersByTimeAsync(RECONNECT_GRACE)
  await turn(20)
  expect(world.done).toEqual(['inject 1'])
  expect(world.registered).toBe(true)
})

test('runs the scripts in a document that comes without them, and in no other', async () => {
  const { world, startWorker } = createWorld()
  const lifecycle = startWorker()
  await lifecycle.onDevtoolsOpened(1)
  lifecycle.onNavigated(1)
  await turn(20)
  expect(world.done).toEqual(['inject 1'])
  const wait = async (): Promise<void> => {
    await turn(20)
    await vi.advanceTimersByTimeAsync(SCRIPTS_GRACE)
    await turn(20)
  }
  // The registered scripts are about to run.
  world.bare.add(1)
  lifecycle.onNavigated(1)
  await turn(20)
  world.bare.delete(1)
  await wait()
  expect(world.done).toEqual(['inject 1'])
  // From the back/forward cache.
  world.bare.add(1)
  lifecycle.onNavigated(1)
  lifecycle.onNavigated(1)
  await wait()
  expect(world.done).toEqual(['inject 1', 'inject 1'])
  // While no worker ran.
  world.bare.add(1)
  await startWorker().onDevtoolsOpened(1)
  await wait()
  expect(world.done).toEqual(['inject 1', 'inject 1', 'inject 1'])
})

test('runs the scripts where the last worker was stopped before it came to that', async () => {
  const { world, startWorker } = createWorld()
  await world.tabs.open(1)
  await startWorker().onDevtoolsOpened(1)
  await turn(20)
  expect(world.done).toEqual(['inject 1'])
})

test('a DevTools that does not connect again to a new worker is closed', async () => {
  const { world, startWorker } = createWorld()
  await startWorker().onDevtoolsOpened(1)
  await turn(20)
  startWorker()
  await vi.advanceTimersByTimeAsync(RECONNECT_GRACE - 1)
  expect(world.registered).toBe(true)
  await vi.advanceTimersByTimeAsync(1)
  await turn(20)
  expect([world.registered, world.done.at(-1)]).toEqual([false, 'stop 1'])
})

test('a page that hangs holds up neither the registration nor what comes later in it', async () => {
  const { world, startWorker } = createWorld()
  const lifecycle = startWorker()
  world.hung.add(1)
  await lifecycle.onDevtoolsOpened(1)
  await lifecycle.onDevtoolsClosed(1)
  await turn(20)
  expect(world.registered).toBe(false)
  world.hung.clear()
  await lifecycle.onDevtoolsOpened(1)
  await turn(20)
  expect(world.registered).toBe(true)
  expect(world.done).toEqual([])
  await vi.advanceTimersByTimeAsync(4_000)
  await turn(20)
  // In the order of the events: it is open in the end.
  expect(world.done.at(-1)).toBe('inject 1')
})

test('tries again what could not be stored, unless DevTools was closed meanwhile', async () => {
  const { world, startWorker } = createWorld()
  const lifecycle = startWorker()
  world.area.maxItemLength = 1
  const opened = lifecycle.onDevtoolsOpened(1)
  await turn(20)
  expect(await world.tabs.isInspected(1)).toBe(false)
  world.area.maxItemLength = Number.POSITIVE_INFINITY
  await vi.advanceTimersByTimeAsync(1_000)
  await turn(20)
  await opened
  expect(await world.tabs.isInspected(1)).toBe(true)
  world.area.maxItemLength = 1
  const other = lifecycle.onDevtoolsOpened(2)
  await turn(20)
  world.area.maxItemLength = Number.POSITIVE_INFINITY
  await lifecycle.onDevtoolsClosed(2)
  await vi.advanceTimersByTimeAsync(1_000)
  await other
  expect(await world.tabs.isInspected(2)).toBe(false)
})

test('runs the scripts in a page that the user gives access to, and does without where it is refused', async () => {
  const { world, startWorker } = createWorld()
  world.refused = true
  await startWorker().onDevtoolsOpened(1)
  await turn(20)
  expect(world.done).toEqual([])
  world.refused = false
  world.allowSite()
  await turn(20)
  expect(world.done).toEqual(['inject 1'])
})
