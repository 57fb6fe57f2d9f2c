import { expect, test } from 'vitest'
import type { Row } from '../../../../../model/numbers.ts'
import { createFormatters } from '../../../../../model/text/formatters.ts'
import { CONNECTION_COLUMNS } from '../../../../../panel/views/connections/connection-columns.ts'
import { sessionOf, type TestRow } from '../../../model/operation-rows.ts'

const traffic = { url: 'wss://a.example/chat', messagesIn: 2, bytesIn: 30, messagesOut: 1, bytesOut: 4 }
const socket = (change: Partial<TestRow>, connection: object = {}) => ({
  ...{ name: 'WS /chat', kind: 'websocket' as const, outcome: 'ok' as const, start: 0, duration: 500 },
  ...change,
  detail: { connection: { ...traffic, ...connection } },
})

/** The texts of a connection's cells, by column. */
function cellsOf(row: Omit<TestRow, 'id'>): Record<string, string> {
  const session = sessionOf([row])
  const { detail = {} } = row
  const shown = { session, row: 0 as Row, formatters: createFormatters('en'), detail }
  // Numbers and their units are joined by no-break spaces.
  return Object.fromEntries(CONNECTION_COLUMNS.map(({ key, text }) => [key, text(shown).replace(/\s/g, ' ')]))
}

const running = { outcome: 'pending' as const, duration: Number.NaN }
test.each<[string, Omit<TestRow, 'id'>]>([
  ['connecting', socket(running)],
  ['open', socket(running, { openDuration: 12 })],
  ['closed', socket({}, { openDuration: 12 })],
  ['failed', socket({ outcome: 'failed' })],
  ['cancelled', socket({ outcome: 'cancelled' })],
  ['no end recorded', socket({ ...running, endUnknown: 'page-left' }, { openDuration: 12 })],
])('calls the state of a connection %j', (state, row) => {
  expect(cellsOf(row).state).toBe(state)
})

test('shows what a WebSocket carried, and why it closed', () => {
  expect(cellsOf(socket({}, { openDuration: 12, closeCode: 1_001, closeReason: 'going away' }))).toMatchObject({
    ...{ received: '2', 'bytes-in': '30 B', sent: '1', 'bytes-out': '4 B', code: '1001', reason: 'going away' },
    ...{ kind: 'websocket', name: 'WS /chat' },
  })
})

test('shows of a streamed response what is known of it', () => {
  const http = { method: 'GET', url: 'https://a.example/feed', status: 200, headersDuration: 40 }
  const cells = cellsOf({ name: 'GET /feed', kind: 'stream', outcome: 'ok', start: 0, duration: 900, detail: { http } })
  expect(cells).toMatchObject({ state: 'closed', received: '', 'bytes-in': '', sent: '', code: '', reason: '' })
  expect(cells.opened).toBe('40.0 ms')
})
