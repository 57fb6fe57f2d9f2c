import { expect, test } from 'vitest'
import { navigationTimes } from '../../../../model/analysis/navigation-times.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { documentOf, TIME_ORIGIN } from '../operation-rows.ts'

test('has navigations to documents and within one, and no other events', () => {
  const session = new SessionModel(TIME_ORIGIN)
  const types = ['interaction', 'soft-navigation', 'visibility', 'long-animation-frame', 'soft-navigation'] as const
  const pageEvents = types.map((type, i) => ({ type, start: 100 * i, duration: 8, name: '', id: 0 }))
  session.apply({ type: 'document', document: documentOf() })
  const batch = { operations: [], memory: [], snapshots: [], losses: [], pageEvents }
  session.apply({ type: 'batch', document: documentOf(), batch })
  session.apply({ type: 'document', document: documentOf({ stream: 'next', timeOrigin: TIME_ORIGIN + 900 }) })
  expect([...navigationTimes(session)].map(time => time - TIME_ORIGIN)).toEqual([0, 900, 100, 400])
})
