// Test (Node): which tabs are inspected, and each one's session, over the worker's end.
import 'fake-indexeddb/auto'

import { expect, test } from 'vitest'
import { createTabsWorld } from '../../../support/fake-tabs.ts'

test('makes a session once, however many ask for it together, and a later worker finds it', async () => {
  const { tabs, createTabs, log } = createTabsWorld({ budget: 500 })
  const sessions = await Promise.all([tabs.sessionOf(1), tabs.sessionOf(1), tabs.sessionOf(1)])
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(1)
  expect(sessions[0]).toMatchObject({ tabId: 1, recording: true, preserveLog: true, budget: 500 })
  expect(await createTabs().sessionOf(1)).toEqual(sessions[0])
  expect(await log.listSessions()).toHaveLength(1)
})

test('knows which tabs are inspected, and whose sessions are in use', async () => {
  const { tabs, createTabs } = createTabsWorld()
  expect(await tabs.isInspected(1)).toBe(false)
  await Promise.all([tabs.open(1), tabs.open(2)])
  const later = createTabs()
  expect(await later.inspected()).toEqual([1, 2])
  expect(await later.sessionsInUse()).toEqual([(await tabs.sessionOf(1)).id, (await tabs.sessionOf(2)).id])
  await later.close(1)
  expect(await tabs.isInspected(1)).toBe(false)
  expect(await tabs.sessionsInUse()).toEqual([(await tabs.sessionOf(2)).id])
})

test('knows until when a tab was inspected', async () => {
  const { tabs } = createTabsWorld()
  const before = Date.now() - 1
  await tabs.open(1)
  expect(await tabs.wasInspectedAfter(1, before)).toBe(true)
  await tabs.close(1)
  await tabs.close(2)
  expect(await tabs.wasInspectedAfter(1, before)).toBe(true)
  expect(await tabs.wasInspectedAfter(1, Date.now() + 1)).toBe(false)
  expect(await tabs.wasInspectedAfter(2, before)).toBe(false)
})

test('the scripts count as run from the time that they were until DevTools is closed', async () => {
  const { tabs } = createTabsWorld()
  await tabs.setInjected(1)
  expect(await tabs.open(1)).toEqual({ injected: false })
  await tabs.setInjected(1)
  expect(await tabs.open(1)).toEqual({ injected: true })
  await tabs.close(1)
  expect(await tabs.open(1)).toEqual({ injected: false })
})

test('puts a new session in the place of one that the browser has lost, with a gap, and says so', async () => {
  const { tabs, log, lost, entriesOf } = createTabsWorld()
  await tabs.open(1)
  const { id } = await tabs.sessionOf(1)
  await log.remove(id)
  const [current] = await Promise.all([tabs.sessionOf(1), tabs.sessionOf(1)])
  expect(current.id).not.toBe(id)
  expect(lost.map(([lostId, session]) => [lostId, session.id])).toEqual([[id, current.id]])
  expect(await entriesOf(current.id)).toMatchObject([{ type: 'storage-lost' }])
})

test('says nothing of a lost session of a tab that is not inspected', async () => {
  const { tabs, log, lost, entriesOf } = createTabsWorld()
  const { id } = await tabs.sessionOf(1)
  await log.remove(id)
  expect(await entriesOf((await tabs.sessionOf(1)).id)).toEqual([])
  expect(lost).toEqual([])
})

test('replaces a session by an empty one with the same choices, and removes the old one', async () => {
  const { tabs, log } = createTabsWorld()
  await tabs.open(1)
  const { id } = await tabs.sessionOf(1)
  await log.append(id, [], { recording: false, preserveLog: false, topDocument: 'doc' })
  const { old, current } = await tabs.replaceSession(1)
  expect(old.id).toBe(id)
  expect(current).toMatchObject({ recording: false, preserveLog: false, topDocument: 'doc', bytes: 0 })
  expect(await log.listSessions()).toEqual([current])
  expect(await tabs.isInspected(1)).toBe(true)
})

test('records again what its storage limit has stopped, once it is replaced', async () => {
  const { tabs, log } = createTabsWorld()
  const { id } = await tabs.sessionOf(1)
  await log.append(id, [], { recording: false, limitReached: true })
  const { current } = await tabs.replaceSession(1)
  expect(current.recording).toBe(true)
  expect(current.limitReached).toBeUndefined()
})

test('a change that fails holds up no other change', async () => {
  const { tabs, area } = createTabsWorld()
  area.maxItemLength = 1
  await expect(tabs.open(1)).rejects.toThrow('quota')
  area.maxItemLength = Number.POSITIVE_INFINITY
  await tabs.open(1)
  expect(await tabs.inspected()).toEqual([1])
})
