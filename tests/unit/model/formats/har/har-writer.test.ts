import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harDate, parseHarDate } from '../../../../../model/formats/har/har-date.ts'
import { harTime, harTimings } from '../../../../../model/formats/har/har-timings.ts'
import { operationsAsHar } from '../../../../../model/formats/har/har-writer.ts'
import type { Row } from '../../../../../model/numbers.ts'
import { richSessionFile } from '../../../../support/rich-session.ts'
import { harProblems } from '../har-validity.ts'
import { imported } from '../session/imported.ts'
import { writtenText } from '../written.ts'

const GENERATOR = { name: 'Perf', version: '1' }
const open = () => imported(new Blob([JSON.stringify(richSessionFile())]))

test('some operations as HAR are sorted by start, without requests that only DevTools saw', async () => {
  const session = await open()
  const text = operationsAsHar(session, [13, 3, 0] as Row[], GENERATOR)
  expect(harProblems(text)).toEqual([])
  const { entries, comment } = JSON.parse(text).log
  expect(entries.map(({ request }: { request: { url: string } }) => request.url)).toEqual([
    'https://shop.example/api/users/17',
    'https://shop.example/api/typeahead',
  ])
  expect(comment).toBe('Operations left out, as they are no requests: 1.')
})

test('says of a WebSocket how many messages it had, and invents none', async () => {
  const { entries } = JSON.parse(writtenText(await open(), 'har')).log
  const socket = entries.find((entry: { _resourceType: string }) => entry._resourceType === 'websocket')
  expect(socket.comment).toContain('12 messages (3400 bytes) received')
  expect(socket).not.toHaveProperty('_webSocketMessages')
  expect(socket._messages).toMatchObject({ messagesIn: 12, bytesOut: 96, openDuration: 12, closeCode: 1_000 })
})

test('requests that only DevTools saw have failed where the network or the server did', async () => {
  const file = richSessionFile()
  const [request] = file.networkRequests
  const seen = [{ error: 'net::ERR_NAME_NOT_RESOLVED', status: 0 }, { error: 'net::ERR_ABORTED' }, { status: 503 }, {}]
  file.networkRequests = seen.map(
    each => ({ ...request, status: 200, ...each }) as (typeof file.networkRequests)[number],
  )
  const { entries } = JSON.parse(writtenText(await imported(new Blob([JSON.stringify(file)])), 'har')).log
  const { url } = request as NonNullable<typeof request>
  const outcomes = entries.flatMap((entry: { request: { url: string }; _outcome: string }) =>
    entry.request.url === url ? entry._outcome : [],
  )
  expect(outcomes).toEqual(['failed', 'cancelled', 'failed', 'ok'])
})

const duration = fc.double({ min: 0, max: 1e7, noNaN: true })

test('phases add up to the time, whatever is known of them', () => {
  const names = ['redirect', 'queued', 'dns', 'connect', 'tls', 'send', 'wait', 'receive']
  const phases = fc.record(Object.fromEntries(names.map(name => [name, duration])), { requiredKeys: [] })
  fc.assert(
    fc.property(duration, phases, fc.option(duration, { nil: undefined }), (total, known, headers) => {
      const timings = harTimings(total, known, headers)
      expect(Math.abs(harTime(timings) - total)).toBeLessThan(0.005)
      for (const value of Object.values(timings)) expect(value === -1 || value >= 0).toBe(true)
    }),
  )
})

test('a date is read as it was written, to the microsecond', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 4e12, noNaN: true }), time => {
      expect(Math.abs(parseHarDate(harDate(time)) - time)).toBeLessThan(0.001)
    }),
  )
  expect(harDate(1_790_000_000_000.125)).toBe('2026-09-21T14:13:20.000125Z')
  expect(parseHarDate('2026-09-21T16:13:20.5+02:00')).toBe(1_790_000_000_500)
})
