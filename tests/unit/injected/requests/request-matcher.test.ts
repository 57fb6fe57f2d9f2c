import '../page-globals.ts'

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PendingRequest } from '../../../../injected/requests/request-call.ts'
import { createRequestKeys, type RequestKey } from '../../../../injected/requests/request-key.ts'
import { matchEntry } from '../../../../injected/requests/request-matcher.ts'
import { addRow, compact, createRequestTable, idAt, settleRow } from '../../../../injected/requests/request-table.ts'
import { FETCH, XHR } from '../../../../wire/operations.ts'

const URL = 'https://host/a'

function keyOfUrl(url: string): RequestKey {
  const keys = createRequestKeys()
  keys.updateBase()
  const key = keys.of('GET', url)
  keys.resolve(key)
  return key
}

/** A table in which added calls are in flight at once. */
function createMatcher() {
  const table = createRequestTable()
  return {
    table,
    add(id: number, start: number, called = start + 1, url = URL): void {
      addRow(table, id, FETCH, start, called, called - start, keyOfUrl(url))
      table.maxCallDuration = Math.max(table.maxCallDuration, called - start + 1)
      table.classified = table.filled
      table.inFlight++
    },
    /** The call's id, and whether another could own the entry as well. */
    take(startTime: number, url = URL, kind = FETCH): [id: number, inferred: boolean] | undefined {
      const match = matchEntry(table, kind, url, startTime)
      if (!match) return undefined
      const id = idAt(table, match.row)
      settleRow(table, match.row, new PendingRequest(keyOfUrl(url)))
      table.inFlight--
      return [id, match.inferred]
    },
  }
}

test('gives an entry to the one call that encloses its start', () => {
  const { add, take } = createMatcher()
  add(1, 0)
  add(2, 10)
  add(3, 20)
  expect(take(10.5)).toEqual([2, false])
  expect(take(20)).toEqual([3, false])
  expect(take(1)).toEqual([1, false])
  expect(take(1)).toBeUndefined()
})

test('says so when several calls could own an entry', () => {
  const { add, take } = createMatcher()
  add(1, 5, 6)
  add(2, 5, 6)
  expect(take(5.5)).toEqual([1, true])
  expect(take(5.5)).toEqual([2, false])
})

test('gives an entry that starts later to the latest call before it', () => {
  const { add, take } = createMatcher()
  add(1, 0)
  add(2, 10)
  expect(take(50)).toEqual([2, true])
  expect(take(50)).toEqual([1, false])
})

test('gives nothing to an entry before all calls, of another URL or of another kind', () => {
  const { add, take } = createMatcher()
  add(1, 10)
  expect(take(9)).toBeUndefined()
  expect(take(10.5, `${URL}?`)).toBeUndefined()
  expect(take(10.5, URL, XHR)).toBeUndefined()
  expect(take(10.5)).toBeDefined()
})

test('finds a call that lasted while others were made within it', () => {
  const { add, take } = createMatcher()
  for (let id = 1; id < 100; id++) add(id, id, id + 0.5)
  add(100, 3, 101)
  expect(take(50.7)).toEqual([100, false])
})

test('loses no call and matches none twice, whatever was sent and compacted meanwhile', () => {
  const url = fc.constantFrom('https://host/a', 'https://host/b')
  const step = fc.oneof(
    fc.record({ type: fc.constant('add' as const), url, took: fc.nat(3) }),
    fc.record({ type: fc.constant('take' as const), url, ago: fc.nat(10) }),
    fc.constant({ type: 'send' as const }),
    fc.constant({ type: 'compact' as const }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const { table, add, take } = createMatcher()
      const inFlight = new Map<number, { start: number; url: string }>()
      let time = 0
      for (const item of steps) {
        if (item.type === 'add') {
          const start = ++time
          time += item.took
          inFlight.set(start, { start, url: item.url })
          add(start, start, time, item.url)
        } else if (item.type === 'take') {
          const startTime = time - item.ago
          const candidates = [...inFlight].filter(([, { start, url }]) => url === item.url && start <= startTime)
          const match = take(startTime, item.url)
          expect(match !== undefined).toBe(candidates.length > 0)
          if (!match) continue
          expect(candidates.map(([id]) => id)).toContain(match[0])
          expect(inFlight.delete(match[0])).toBe(true)
        } else if (item.type === 'compact') compact(table)
        else {
          table.sent = table.filled
          table.unsent = 0
        }
      }
    }),
  )
})
