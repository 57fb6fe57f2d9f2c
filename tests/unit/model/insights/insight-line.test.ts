import { expect, test } from 'vitest'
import { lineOf } from '../../../../model/insights/insight-line.ts'

const insight = { kind: 'n-plus-one', route: 'GET /api/orders/:id', confidence: 'likely', savedMs: 0 } as const

test('says failures before time, and time before waste', () => {
  expect(lineOf({ ...insight, savedMs: 450, failures: 1_200, waste: { requests: 9 } }).amount).toBe('1,200 failed')
  expect(lineOf({ ...insight, savedMs: 450, waste: { requests: 9 } }).amount).toBe('up to 450 ms')
  expect(lineOf({ ...insight, waste: { requests: 1, bytes: 7 } }).amount).toBe('1 request')
  expect(lineOf({ ...insight, waste: { bytes: 2_300_000 } }).amount).toBe('2.3 MB')
})

test('does not promise less time than anybody notices', () => {
  expect(lineOf({ ...insight, savedMs: 99, waste: { requests: 9 } }).amount).toBe('9 requests')
  expect(lineOf({ ...insight, savedMs: 100, waste: { requests: 9 } }).amount).toBe('up to 100 ms')
})

test('counts messages of a socket', () => {
  expect(lineOf({ ...insight, kind: 'chatty-websocket', waste: { requests: 900 } }).amount).toBe('900 messages')
})
