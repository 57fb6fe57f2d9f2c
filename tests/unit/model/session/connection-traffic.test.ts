import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../../model/numbers.ts'
import {
  ConnectionTraffic,
  MAX_CONNECTIONS,
  MAX_POINTS,
  messageRates,
} from '../../../../model/session/connection-traffic.ts'

const ROW = 0 as Row

test('keeps a bounded number of points, and the latest of them', () => {
  const traffic = new ConnectionTraffic()
  for (let i = 1; i <= 5 * MAX_POINTS + 3; i++) {
    traffic.report(ROW, { url: '', messagesIn: i, bytesIn: 10 * i, messagesOut: 0, bytesOut: 0 })
    traffic.stamp(i * 100)
    expect(traffic.of(ROW).length).toBeLessThanOrEqual(MAX_POINTS)
    expect(traffic.of(ROW).at(-1)).toMatchObject({ time: i * 100, messagesIn: i })
  }
})

test('keeps the traffic of a bounded number of connections, the latest ones', () => {
  const traffic = new ConnectionTraffic()
  const more = 3
  for (let row = 0; row < MAX_CONNECTIONS + more; row++) {
    traffic.report(row as Row, { url: '', messagesIn: row, bytesIn: 0, messagesOut: 0, bytesOut: 0 })
    if (row % 500 === 0) traffic.stamp(row)
  }
  traffic.stamp(MAX_CONNECTIONS + more)
  for (let row = 0; row < MAX_CONNECTIONS + more; row++) {
    expect(traffic.of(row as Row)).toHaveLength(row < more ? 0 : 1)
  }
})

test('rates of all parts hold as many messages as were reported, wherever the reports fall', () => {
  const report = fc.record({ after: fc.integer({ min: 0, max: 5_000 }), messages: fc.integer({ min: 0, max: 50 }) })
  fc.assert(
    fc.property(fc.array(report, { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (reports, steps) => {
      let time = 1_000
      let messagesIn = 0
      const points = reports.map(({ after, messages }) => {
        time += after
        messagesIn += messages
        return { time, messagesIn, bytesIn: 0, messagesOut: 0, bytesOut: 0 }
      })
      const to = time + 10
      const length = (to - 1_000) / steps / 1_000
      const rates = messageRates(points, 1_000, to, steps)
      expect(rates.reduce((sum, rate) => sum + rate * length, 0)).toBeCloseTo(messagesIn, 6)
    }),
  )
})
