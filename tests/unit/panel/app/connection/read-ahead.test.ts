// Test (Node): the panel reads a log ahead, and misses and repeats nothing of it.
import { expect, test } from 'vitest'
import { readAhead } from '../../../../../panel/app/connection/read-ahead.ts'
import { BYTES_PER_READ, type SessionLog } from '../../../../../storage/session-log.ts'
import type { LogRecord } from '../../../../../wire/log.ts'

/** A log whose records have so many bytes. A read from one of the positions `failing` fails once. */
function createLog(sizes: readonly number[]) {
  const records: LogRecord[] = []
  const add = (bytes: number): void => {
    const n = (records.at(-1)?.n ?? 0) + bytes
    records.push({ session: 'one', n, entry: { type: 'recording', on: true, time: n } })
  }
  for (const bytes of sizes) add(bytes)
  const state = { reads: [] as number[], failing: [] as number[] }
  const read: SessionLog['read'] = async (_, after) => {
    state.reads.push(after)
    if (state.failing[0] === after) throw new Error(`The log is damaged at ${state.failing.shift()}.`)
    const near = records.filter(({ n }) => n > after && n <= after + BYTES_PER_READ)
    return near.length > 0 ? near : records.filter(({ n }) => n > after).slice(0, 1)
  }
  return { log: readAhead({ read } as SessionLog), state, records, add }
}

async function readAll(log: SessionLog, after = 0): Promise<number[]> {
  const found: number[] = []
  for (let position = after; ; ) {
    const records = await log.read('one', position)
    if (records.length === 0) return found
    found.push(...records.map(({ n }) => n))
    position = records.at(-1)?.n ?? 0
  }
}

test.each([
  { kind: 'small records', sizes: [10, 20, 30] },
  { kind: 'parts', sizes: Array.from({ length: 30 }, (_, i) => 60_000 + i) },
  { kind: 'large records', sizes: [2 * BYTES_PER_READ, 5, 3 * BYTES_PER_READ] },
])('returns each record once: $kind', async ({ sizes }) => {
  const { log, records } = createLog(sizes)
  expect(await readAll(log)).toEqual(records.map(({ n }) => n))
  expect(await readAll(log, records[0]?.n)).toEqual(records.slice(1).map(({ n }) => n))
})

test('reads the next part before it is asked for, but nothing after the last', async () => {
  const { log, state } = createLog(Array.from({ length: 12 }, () => BYTES_PER_READ / 4))
  await log.read('one', 0)
  expect(state.reads).toEqual([0, BYTES_PER_READ])
  const { log: small, state: once } = createLog([10])
  await small.read('one', 0)
  expect(once.reads).toEqual([0])
})

test('returns what was stored after it had read ahead', async () => {
  const { log, records, add } = createLog([BYTES_PER_READ])
  const first = await log.read('one', 0)
  add(10)
  expect(await readAll(log, first[0]?.n)).toEqual([records[1]?.n])
})

test.each([
  { kind: 'reads again', failures: 1 },
  { kind: 'fails', failures: 2 },
])('$kind where reading ahead has failed', async ({ failures }) => {
  const { log, state, records } = createLog([BYTES_PER_READ, BYTES_PER_READ])
  state.failing = Array.from({ length: failures }, () => BYTES_PER_READ)
  await log.read('one', 0)
  if (failures > 1) await expect(log.read('one', BYTES_PER_READ)).rejects.toThrow('damaged')
  expect(await readAll(log, BYTES_PER_READ)).toEqual([records[1]?.n])
})
