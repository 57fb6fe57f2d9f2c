// Test (real Firefox, its real DevTools): a HAR file that we write opens in Firefox's own Network Monitor.
import { isDeepStrictEqual } from 'node:util'
import { richSessionFile } from '../support/rich-session.ts'
import { writtenText } from '../unit/model/formats/written.ts'
import { openSession } from '../unit/model/session-in-node.ts'
import { expect, test } from './firefox-test.ts'
import { openInNetworkMonitor } from './network-monitor.ts'

const OPERATIONS = 10_000

interface Listed {
  url: string
  start: number
}

/** Firefox reads whole milliseconds of a date. */
const inOrder = (a: Listed, b: Listed): number => Math.floor(a.start) - Math.floor(b.start) || (a.url < b.url ? -1 : 1)

test('the Network Monitor lists every request of a HAR file of 10,000 operations', async ({
  firefox,
  panel: _panel,
}) => {
  const session = richSessionFile(OPERATIONS)
  const har = writtenText(await openSession(new Blob([JSON.stringify(session)])), 'har')
  const { rows, count } = await openInNetworkMonitor(firefox, har)
  const expected = [
    ...session.operations.flatMap(({ startTime: start, duration, http, connection }) => {
      const { url, method = 'GET' } = { ...connection, ...http }
      if (url === undefined) return []
      const status = http ? http.status : connection?.openDuration === undefined ? undefined : 101
      const { encodedBodySize: transferredSize = -1, decodedBodySize: contentSize = -1 } = http ?? {}
      return [{ url, method, status: `${status ?? ''}`, start, duration, transferredSize, contentSize }]
    }),
    ...session.networkRequests.map(({ url, method, status, startTime: start, duration, bodySize = -1 }) => {
      return { url, method, status: `${status || ''}`, start, duration, transferredSize: bodySize, contentSize: -1 }
    }),
  ].sort(inOrder)
  expect(rows).toHaveLength(expected.length)
  expect(count).toBe(`${expected.length.toLocaleString('en')} requests`)
  // Of one millisecond, they come in any order.
  expect(rows.map(({ start }) => start)).toEqual(expected.map(({ start }) => Math.floor(start)))
  rows.sort(inOrder)
  const wrong = expected.filter(({ start, duration, ...more }, i) => {
    const { start: shownStart, duration: shownDuration = Number.NaN, ...shown } = rows[i] ?? {}
    // A request that runs has the length that it had reached.
    const ends = duration === undefined || Math.abs(shownDuration - duration) < 0.001
    return !(isDeepStrictEqual(shown, more) && shownStart === Math.floor(start) && ends)
  })
  expect(wrong).toEqual([])
  // The tests after this one get DevTools without it.
  await firefox.closeDevtools()
})
