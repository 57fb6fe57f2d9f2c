import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { outcomeOf, toError } from '../../../monitor/outcome.ts'
import { CANCELLED, FAILED, OUTCOMES } from '../../../wire/operations.ts'

test.each<[unknown, string]>([
  [new DOMException('stop', 'AbortError'), 'cancelled'],
  [Object.assign(new Error('stop'), { name: 'AbortError' }), 'cancelled'],
  [{ name: 'AbortError' }, 'cancelled'],
  [new DOMException('late', 'TimeoutError'), 'failed'],
  [new Error('AbortError'), 'failed'],
  ['AbortError', 'failed'],
  [undefined, 'failed'],
  [null, 'failed'],
])('%o is %s', (thrown, outcome) => {
  expect(OUTCOMES[outcomeOf(thrown)]).toBe(outcome)
})

test('an aborted signal is cancelled, a timed out one has failed', async () => {
  expect(outcomeOf(AbortSignal.abort().reason)).toBe(CANCELLED)
  const signal = AbortSignal.timeout(0)
  await new Promise(resolve => signal.addEventListener('abort', resolve))
  expect(outcomeOf(signal.reason)).toBe(FAILED)
})

test.each<[string, string]>([
  ['an error', 'Object.assign(new Error("no"), { code: "ENOENT" })'],
  ['an error of a subclass', 'new (class NotFound extends TypeError { code = 404 })("no")'],
  ['an error of a kind of its own', 'new AggregateError([new Error("no")])'],
])('keeps %s of another realm', (_, source) => {
  const error = runInNewContext(source)
  expect(toError(error)).toBe(error)
})

test('keeps an error that only inherits from Error', () => {
  const error = Object.create(TypeError.prototype)
  expect(toError(error)).toBe(error)
})

test('keeps an Error, and makes other values the cause of one', () => {
  const error = new TypeError('no')
  expect(toError(error)).toBe(error)
  const object = { code: 5 }
  expect(toError(object)).toMatchObject({ message: '[object Object]', cause: object })
  expect(toError(Object.create(null))).toMatchObject({ message: '[unreadable]' })
})
