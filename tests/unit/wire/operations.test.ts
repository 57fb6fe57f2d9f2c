import { expect, test } from 'vitest'
import * as wire from '../../../wire/operations.ts'

test('the numbers of kinds and outcomes are their places in the lists', () => {
  const { CUSTOM, FETCH, XHR, BEACON, WEBSOCKET, EVENT_SOURCE, STREAM, KINDS } = wire
  expect([CUSTOM, FETCH, XHR, BEACON, WEBSOCKET, EVENT_SOURCE, STREAM].map(kind => KINDS[kind])).toEqual(KINDS)
  const { PENDING, OK, FAILED, CANCELLED, OUTCOMES } = wire
  expect([PENDING, OK, FAILED, CANCELLED].map(outcome => OUTCOMES[outcome])).toEqual(OUTCOMES)
})
