import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStoredSession } from '../../../../../panel/app/stores/stored-session.ts'
import type { LogRecord } from '../../../../../wire/log.ts'
import { columnsOf, documentOf } from '../../../model/operation-rows.ts'
import { GUESSED_TWINS, twinCalls, twinMatches, twinRequests } from '../../../model/twin-requests.ts'

const STORED = {
  ...{ id: 'one', tabId: 1, createdAt: 5, recording: false, preserveLog: true },
  ...{ url: 'https://shop.example/', title: 'Shop', appendedAt: 9, operations: 2, bytes: 20 },
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(() => vi.unstubAllGlobals())

/** A session of 20 bytes, with a log that has records up to each of these positions. */
function open(positions: number[]) {
  const columns = columnsOf([{ id: 1, name: 'a', outcome: 'ok', start: 1, duration: 1 }])
  const batch = { operations: [{ source: 1, columns }], memory: [], snapshots: [], losses: [] }
  const records = positions.map(
    (n): LogRecord => ({
      session: 'one',
      n,
      entry: { type: 'batch', document: documentOf({ stream: `${n}` }), batch },
    }),
  )
  return openStoredSession({ read: async (_, after) => records.filter(({ n }) => n > after).slice(0, 1) }, STORED)
}

test('is shown when all of it was read', async () => {
  const stored = open([10, 20])
  await vi.waitFor(() => expect(stored.connection.value).toBe('ready'))
  expect(stored.session.value.operations).toHaveLength(2)
  expect(stored.problem.value).toBeNull()
  stored.stop()
})

test('is not shown if the browser lost a part of it, and says so', async () => {
  const stored = open([10])
  await vi.waitFor(() => expect(stored.connection.value).toBe('failed'))
  expect(stored.session.value.operations).toHaveLength(0)
  expect(stored.session.value.createdAt).toBe(5)
  expect(stored.problem.value).toContain('lost')
  expect(stored.progress.value).toBeNull()
  stored.stop()
})

test('has no request that waits for more reports', async () => {
  const entries = [twinCalls({ outcome: 'pending' }), twinRequests()]
  const records = entries.map((entry, i): LogRecord => ({ session: 'one', n: 10 + 10 * i, entry }))
  const stored = openStoredSession({ read: async (_, after) => records.filter(({ n }) => n > after) }, STORED)
  await vi.waitFor(() => expect(stored.connection.value).toBe('ready'))
  expect(twinMatches(stored.session.value)).toEqual(GUESSED_TWINS)
  stored.stop()
})
