import 'fake-indexeddb/auto'

import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { openDB } from 'idb'
import { describe, expect, test } from 'vitest'
import { SessionModel } from '../../../model/session/session-model.ts'
import { openSessionLog } from '../../../storage/session-log.ts'
import type { LogRecord } from '../../../wire/log.ts'
import type { StoredSession } from '../../../wire/messages.ts'
import { type NetworkRequest, requestIdentity } from '../../../wire/network.ts'
import { exportBytes } from '../model/session-in-node.ts'

const FIXTURES = new URL('../../fixtures/database/', import.meta.url)

interface StoredDatabase {
  version: number
  sessions: StoredSession[]
  log: LogRecord[]
  /** What the tab exported of its session. */
  exported: { generator: { name: string; version: string }; createdAt: string; networkRequests: NetworkRequest[] }
}

/** `scripts/database-fixture.ts` writes typed arrays as objects. */
function reviveArrays(_key: string, value: unknown): unknown {
  const { array, values } = (value ?? {}) as { array?: string; values?: string[] }
  if (array === undefined || !values) return value
  const constructors = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array, Int8Array }
  return constructors[array as keyof typeof constructors].from(values.map(Number))
}

const readFixture = (file: string): StoredDatabase =>
  JSON.parse(gunzipSync(readFileSync(new URL(file, FIXTURES))).toString(), reviveArrays)

/** A database as that version of the extension left it. */
async function store({ version, sessions, log }: StoredDatabase, name: string): Promise<void> {
  const database = await openDB(name, version, {
    upgrade(upgrading) {
      upgrading.createObjectStore('sessions', { keyPath: 'id' })
      const store = upgrading.createObjectStore('log', { keyPath: ['session', 'n'] })
      store.createIndex('delivery', 'delivery', { unique: true })
    },
  })
  for (const session of sessions) await database.put('sessions', session)
  for (const record of log) await database.put('log', record)
  database.close()
}

/** What is exported now: once, a request whose body had not ended was listed again when it had. */
function withoutRepeats({ networkRequests, ...exported }: StoredDatabase['exported']): StoredDatabase['exported'] {
  const ended = new Set(networkRequests.filter(({ unfinished }) => !unfinished).map(requestIdentity))
  const isRepeat = (request: NetworkRequest) => request.unfinished && ended.has(requestIdentity(request))
  return { ...exported, networkRequests: networkRequests.filter(request => !isRepeat(request)) }
}

const files = readdirSync(FIXTURES).filter(file => file.endsWith('.json.gz'))

describe.each(files)('what was stored as %s', file => {
  test('opens, and exports what it exported then', async () => {
    const fixture = readFixture(file)
    await store(fixture, file)
    const log = openSessionLog(file)
    expect(await log.listSessions()).toEqual(fixture.sessions)
    const isExported = ({ createdAt }: StoredSession) =>
      new Date(createdAt).toISOString() === fixture.exported.createdAt
    const { id, createdAt } = fixture.sessions.find(isExported) as StoredSession
    const session = new SessionModel(createdAt)
    let position = 0
    for (;;) {
      const records = await log.read(id, position)
      for (const { n, entry } of records) {
        session.apply(entry)
        position = n
      }
      if (records.length === 0) break
    }
    await log.close()
    expect(JSON.parse(exportBytes(session, fixture.exported.generator).toString())).toEqual(
      withoutRepeats(fixture.exported),
    )
  })
})

test.each([4, 1_000])('says that version %d is newer, and leaves it as it is', async newer => {
  const name = `newer ${newer}`
  const database = await openDB(name, newer, {
    upgrade: upgrading => void upgrading.createObjectStore('sessions', { keyPath: 'id' }),
  })
  await database.put('sessions', { id: 'a', ofTheFuture: true })
  database.close()
  const log = openSessionLog(name)
  await expect(log.listSessions()).rejects.toThrow('a newer version of Perf')
  await expect(log.append('a', [])).rejects.toThrow('a newer version of Perf')
  // After the update.
  const again = await openDB(name)
  expect(again.version).toBe(newer)
  expect(await again.getAll('sessions')).toEqual([{ id: 'a', ofTheFuture: true }])
  again.close()
})
