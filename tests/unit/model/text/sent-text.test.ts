import { expect, test } from 'vitest'
import { createFormatters } from '../../../../model/text/formatters.ts'
import { sentText } from '../../../../model/text/sent-text.ts'
import type { SendProblem, SentSession } from '../../../../wire/messages.ts'

const formatters = createFormatters('en')
const ENDPOINT = 'http://localhost:4318'
const progress = { rows: 0, running: [], position: 0, taken: 1_200, lost: 0 }
const text = (sent?: SentSession, expired = 0): string => sentText(ENDPOINT, sent, expired, formatters).join(' ')
const problem = (more: Partial<SendProblem> = {}): SendProblem => ({
  endpoint: ENDPOINT,
  reason: 'it answered 503 Service Unavailable',
  ...more,
})

test('says what was sent, what still runs and what was lost', () => {
  expect(text()).toBe('Operations are sent as they end.')
  expect(text({ traces: progress, metrics: progress })).toBe('1,200 operations of this session sent.')
  expect(text({ traces: { ...progress, taken: 1, running: [4, 9] }, metrics: progress })).toBe(
    '1 operation of this session sent. 2 still running.',
  )
  const lost = { ...progress, lost: 3 }
  expect(
    text({ traces: lost, metrics: { ...progress, lost: 1 }, problem: problem({ reason: 'too old' }) }, 2_000),
  ).toBe(
    '1,200 operations of this session sent. 3 spans and 1 histogram lost. The collector says: too old. 2,000 operations of earlier sessions deleted before they could be sent.',
  )
})

test('says why nothing is sent, while that concerns the address in the settings', () => {
  const nothing = { traces: { ...progress, taken: 0 }, metrics: progress }
  expect(text({ ...nothing, problem: problem({ retryAt: 5 }) })).toBe(
    '0 operations of this session sent. Not sending: it answered 503 Service Unavailable. Retrying…',
  )
  expect(text({ ...nothing, problem: problem({ reason: 'it answered 404 Not Found' }) })).toBe(
    '0 operations of this session sent. Not sending: it answered 404 Not Found.',
  )
  expect(text({ ...nothing, problem: problem({ endpoint: 'http://localhost:1' }) })).toBe(
    '0 operations of this session sent.',
  )
})
