import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse } from '../../../../model/analysis/analyse.ts'
import { groupByRoute } from '../../../../model/analysis/grouping.ts'
import { compileFilter, matchingRows } from '../../../../model/filter/compile.ts'
import { parseFilter } from '../../../../model/filter/parse.ts'
import { operationsAsHar } from '../../../../model/formats/har/har-writer.ts'
import { listedRow } from '../../../../model/formats/session/session-source.ts'
import type { Row } from '../../../../model/numbers.ts'
import { SessionModel } from '../../../../model/session/session-model.ts'
import { sessionStats } from '../../../../model/session/session-stats.ts'
import type { NetworkRequest } from '../../../../wire/network.ts'
import { exported, imported } from '../formats/session/imported.ts'
import { columnsOf, documentOf, finish, TIME_ORIGIN } from '../operation-rows.ts'

const PAGE = 'https://shop.example/cart'

function request(change: Partial<NetworkRequest> & { at: number }): NetworkRequest {
  const { at, ...rest } = change
  const plain = { method: 'GET', url: PAGE, status: 200, type: 'document', duration: 30, phases: { wait: 20 } }
  return { ...plain, startTime: TIME_ORIGIN + at, ...rest }
}

function sessionWith(...requests: NetworkRequest[]): SessionModel {
  const session = new SessionModel(TIME_ORIGIN)
  const rows = [20, 40].map((start, i) => ({ id: i + 1, name: 'custom', outcome: 'ok' as const, start, duration: 5 }))
  const operations = [{ source: 1, columns: columnsOf(rows) }]
  session.apply({ type: 'document', document: documentOf() })
  session.apply({
    type: 'batch',
    document: documentOf(),
    batch: { operations, memory: [], snapshots: [], losses: [] },
  })
  session.apply({ type: 'network', requests })
  return session
}

const matching = (session: SessionModel, text: string): Row[] => {
  const test = compileFilter(parseFilter(text).terms, { slowThreshold: 0, onTooComplex() {} })
  const list = finish(matchingRows(session, test ?? (() => true), session.others.listed(PAGE)))
  return Array.from({ length: list.length }, (_, position) => list.row(position))
}

const REQUESTS = [
  request({ at: 10 }),
  request({ at: 30, url: 'https://shop.example/app.js', type: 'script', transferSize: 4_000, duration: 12.5 }),
  request({ at: 50, url: 'https://cdn.example/logo.png', type: 'image', status: 404 }),
  request({ at: 60, url: 'https://cdn.example/gone.css', type: 'stylesheet', status: 0, error: 'net::ERR_FAILED' }),
]

test('are rows with name, kind, status, size, time and outcome, sorted by start among the operations', () => {
  const session = sessionWith(...REQUESTS)
  const { operations } = session
  expect(
    matching(session, '').map(row => [
      operations.nameOf(row),
      operations.kindTextOf(row),
      operations.requests.statusOf(row),
      operations.requests.sizeOf(row),
      operations.duration.get(row),
      operations.outcomeOf(row),
    ]),
  ).toEqual([
    ['GET /cart', 'document', 200, undefined, 30, 'ok'],
    ['custom', 'custom', undefined, undefined, 5, 'ok'],
    ['GET /app.js', 'script', 200, 4_000, 12.5, 'ok'],
    ['custom', 'custom', undefined, undefined, 5, 'ok'],
    ['GET cdn.example/logo.png', 'image', 404, undefined, 30, 'failed'],
    ['GET cdn.example/gone.css', 'stylesheet', undefined, undefined, 30, 'failed'],
  ])
})

test('are found by kind:other and by what they are, and operations are not', () => {
  const session = sessionWith(...REQUESTS)
  const names = (text: string) => matching(session, text).map(row => session.operations.nameOf(row))
  expect(names('kind:other')).toHaveLength(REQUESTS.length)
  expect(names('-kind:other')).toEqual(['custom', 'custom'])
  expect(names('kind:other outcome:failed')).toEqual(['GET cdn.example/logo.png', 'GET cdn.example/gone.css'])
  expect(names('duration<20 url:app')).toEqual(['GET /app.js'])
})

test('are in no statistics of the session, no index of operations and no file as operations', async () => {
  const without = sessionWith(...REQUESTS)
  const session = sessionWith(...REQUESTS)
  session.others.listed(PAGE)
  expect(session.operations.length).toBe(2 + REQUESTS.length)
  expect(session.operations.order.length).toBe(2)
  expect(sessionStats(session)).toEqual(sessionStats(without))
  const file = await exported(session)
  expect(await file.text()).toBe(await (await exported(without)).text())
  const again = await imported(file)
  expect(again.others.listed(PAGE).length).toBe(REQUESTS.length)
  expect(await (await exported(again)).text()).toBe(await file.text())
})

test('are counted apart from operations', () => {
  const session = sessionWith(...REQUESTS)
  const matches = finish(matchingRows(session, () => true, session.others.listed(PAGE)))
  const grouping = groupByRoute(session.operations)
  const { all } = finish(analyse({ session, matches, zoom: null, grouping, slowThreshold: 25 }))
  expect([all.count, all.others, all.slow]).toEqual([6, 4, 3])
})

test('are copied as a file has them', () => {
  const session = sessionWith(...REQUESTS)
  const row = session.others.listed(PAGE).row(1)
  expect(listedRow(session, row)).toEqual(REQUESTS[1])
  const har = JSON.parse(operationsAsHar(session, [row], { name: 'Perf', version: '1' }))
  expect(har.log.entries).toMatchObject([{ request: { url: REQUESTS[1]?.url }, time: 12.5, _resourceType: 'script' }])
})

test('keep their rows while others come, and one that ends gets its end', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(1_000), { maxLength: 4 }), { maxLength: 6 }), batches => {
      const session = sessionWith()
      let before: Row[] = []
      for (const starts of batches) {
        session.apply({ type: 'network', requests: starts.map(at => request({ at })) })
        const list = session.others.listed(PAGE)
        const rows = Array.from({ length: list.length }, (_, position) => list.row(position))
        const times = rows.map(row => session.operations.start.get(row))
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        expect(new Set(rows).size).toBe(rows.length)
        expect(before.filter(row => !rows.includes(row))).toEqual([])
        before = rows
      }
      expect(before).toHaveLength(batches.flat().length)
    }),
  )
  const unfinished = request({ at: 5, unfinished: true, status: 0 })
  const session = sessionWith(unfinished)
  const { operations } = session
  expect(operations.outcomeOf(session.others.listed(PAGE).row(0))).toBe('pending')
  const { unfinished: _, ...ended } = { ...unfinished, status: 200, duration: 80 }
  session.apply({ type: 'network', requests: [ended] })
  const list = session.others.listed(PAGE)
  expect([list.length, operations.outcomeOf(list.row(0)), operations.duration.get(list.row(0))]).toEqual([1, 'ok', 80])
})
