import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { openText } from '../../../../../bench/insights/score.ts'
import type { SessionModel } from '../../../../../model/session/session-model.ts'
import { createDismissals } from '../../../../../panel/app/stores/dismissals.ts'
import type { Evidence, KindGroup } from '../../../../../panel/app/stores/filter-store.ts'
import { createInsightsStore } from '../../../../../panel/app/stores/insights-store.ts'
import type { Connection } from '../../../../../panel/app/stores/open-session.ts'
import type { TimeRange } from '../../../../../panel/app/stores/view-store.ts'
import { createFakeStorageArea } from '../../../../support/fake-storage-area.ts'
import { turn } from '../../../../support/turn.ts'
import { ask, inventedSession } from '../../../model/insights/invented-session.ts'

function failing(path: string): Promise<SessionModel> {
  const session = inventedSession()
  ask(session, 0, 6, 300, () => ({ path, status: 503 }))
  return openText(session.text())
}

async function createStore() {
  const one = await failing('/api/cart')
  const parts = {
    session: signal<SessionModel>(one),
    version: signal(0),
    connection: signal<Connection>('ready'),
    zoom: signal<TimeRange | null>(null),
    evidence: signal<Evidence | null>(null),
    text: signal(''),
    inverted: signal(false),
    kinds: signal<ReadonlySet<KindGroup>>(new Set()),
  }
  const store = createInsightsStore(parts, parts, parts, createDismissals(createFakeStorageArea()))
  const lines = (): string[] => store.shown.value?.insights.ranked.map(({ kind, route }) => `${kind} ${route}`) ?? []
  return { ...parts, store, lines, one }
}

const STORM = 'retry-storm GET /api/cart'

test('shows what is found, and says nothing of a session that is still being read', async () => {
  const { store, lines, connection } = await createStore()
  connection.value = 'loading'
  const stop = store.follow()
  expect(lines()).toEqual([])
  connection.value = 'ready'
  await expect.poll(lines).toEqual([STORM])
  stop()
})

test('shows those of another session at once, even while the lines are read', async () => {
  const { store, lines, session } = await createStore()
  const stop = store.follow()
  await expect.poll(lines).toEqual([STORM])
  store.reading.value = true
  session.value = await failing('/api/orders')
  await expect.poll(lines).toEqual(['retry-storm GET /api/orders'])
  expect(store.offered.value).toBeNull()
  stop()
})

test('restores zoom and filter when its evidence is left, and keeps the insights meanwhile', async () => {
  const { store, lines, evidence, zoom, text, inverted, kinds, one } = await createStore()
  const stop = store.follow()
  await expect.poll(lines).toEqual([STORM])
  const shown = store.shown.value
  const insight = shown?.insights.ranked[0]
  if (!shown || !insight) throw new Error('Nothing is shown')
  text.value = 'checkout'
  inverted.value = true
  kinds.value = new Set(['custom'])
  store.showEvidence(shown, insight, 'Retries')
  zoom.value = { from: one.first, to: one.first + 1 }
  expect([text.value, inverted.value, kinds.value.size]).toEqual(['', false, 0])
  expect([...(evidence.value?.rows ?? [])]).toEqual([...insight.rows])
  await turn()
  expect(lines()).toEqual([STORM])
  store.stopEvidence()
  expect([evidence.value, zoom.value, text.value]).toEqual([null, null, 'checkout'])
  expect([inverted.value, [...kinds.value]]).toEqual([true, ['custom']])
  expect(lines()).toEqual([STORM])
  stop()
})

test('forgets evidence of another session', async () => {
  const { store, lines, evidence, session } = await createStore()
  const stop = store.follow()
  await expect.poll(lines).toEqual([STORM])
  const shown = store.shown.value
  const insight = shown?.insights.ranked[0]
  if (!shown || !insight) throw new Error('Nothing is shown')
  store.showEvidence(shown, insight, 'Retries')
  expect(evidence.value).not.toBeNull()
  session.value = await failing('/api/orders')
  expect(evidence.value).toBeNull()
  stop()
  store.stop()
})
