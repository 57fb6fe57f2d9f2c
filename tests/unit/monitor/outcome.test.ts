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

test('what a signal aborts with is cancelled, what it times out with has failed', async () => {
  expect(outcomeOf(AbortSignal.abort().reason)).toBe(CANCELLED)
  const signal = AbortSignal.timeout(0)
  await new Promise(resolve => signal.addEventListener('abort', resolve))
  expect(outcomeOf(signal.reason)).toBe(FAILED)
})

test.each<[string, string]>([
  ['an error', 'Object.assign(new Error("no"), { code: "ENOENT" })'],
  ['an error of a subclass', 'new (class NotFound extends TypeError { code = 404 })("no")'],
  ['an error of a kind of its own', 'new AggregateError([new Error("no")])'],
])('%s of another realm stays itself', (_, source) => {
  const error = runInNewContext(source)
  expect(toError(error)).toBe(error)
})

test('an error that is one by its prototype alone stays itself', () => {
  const error = Object.create(TypeError.prototype)
  expect(toError(error)).toBe(error)
})

test('an Error stays itself, all else becomes the cause of one', () => {
  const error = new TypeError('no')
  expect(toError(error)).toBe(error)
  const object = { code: 5 }
  expect(toError(object)).toMatchObject({ message: '[object Object]', cause: object })
  expect(toError(Object.create(null))).toMatchObject({ message: '[unreadable]' })
})
