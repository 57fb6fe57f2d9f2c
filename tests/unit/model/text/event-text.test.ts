import { expect, test } from 'vitest'
import { eventsAt } from '../../../../model/analysis/events-at.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { eventText } from '../../../../model/text/event-text.ts'
import { createFormatters } from '../../../../model/text/formatters.ts'
import type { PageEvent } from '../../../../wire/batch.ts'
import { documentOf } from '../operation-rows.ts'

const ORIGIN = Date.UTC(2026, 0, 1)

function sessionWith(...pageEvents: PageEvent[]): SessionModel {
  const session = new SessionModel(ORIGIN)
  const batch = { operations: [], memory: [], snapshots: [], losses: [], pageEvents }
  session.apply({ type: 'batch', document: documentOf({ timeOrigin: ORIGIN }), batch })
  return session
}

/** What the tooltip says at a moment: of each category the nearest event. */
function textsAt(session: SessionModel, moment: number): string[] {
  return eventsAt(session, ORIGIN + moment, 10).map(({ event, count }) => {
    const { title, text } = eventText(event, { first: ORIGIN, resolution: 0.1 }, createFormatters('en'))
    // Numbers and their units are joined by no-break spaces.
    return `${title} | ${text} | ${count}`.replace(/\s/g, ' ')
  })
}

test('describes page events by their type, each type as a category of its own', () => {
  const session = sessionWith(
    { type: 'interaction', start: 1_000, duration: 120, name: 'click', id: 7 },
    { type: 'interaction', start: 1_001, duration: 16, name: 'pointerup', id: 7 },
    { type: 'long-animation-frame', start: 1_000, duration: 150, name: 'https://a.example/app.js', id: 0 },
    { type: 'soft-navigation', start: 1_005, duration: 0, name: 'https://a.example/orders', id: 0 },
    { type: 'visibility', start: 5_000, duration: 0, name: 'hidden', id: 0 },
    { type: 'long-animation-frame', start: 9_000, duration: 60, name: '', id: 0 },
  )
  const texts = textsAt(session, 1_005)
  expect(texts).toHaveLength(3)
  expect(texts).toContain('Interaction: click | 1.000 s · 120 ms | 2')
  expect(texts).toContain('Long animation frame | 1.000 s · 150 ms · https://a.example/app.js | 1')
  expect(texts).toContain('https://a.example/orders | soft navigation · 1.005 s | 1')
  expect(textsAt(session, 5_004)).toEqual(['Page hidden | 5.000 s | 1'])
  expect(textsAt(session, 9_050)).toEqual(['Long animation frame | 9.000 s · 60.0 ms | 1'])
  expect(textsAt(session, 3_000)).toEqual([])
})
