import { expect, test } from 'vitest'
import { createQueue } from '../../../injected/queue.ts'

test('gives out what came first, and can be filled again', () => {
  const queue = createQueue<string>()
  expect(queue.take()).toBeUndefined()
  queue.add('a')
  queue.add('b')
  expect(queue.length).toBe(2)
  expect([queue.take(), queue.take(), queue.take()]).toEqual(['a', 'b', undefined])
  expect(queue.length).toBe(0)
  queue.add('c')
  expect([queue.length, queue.take()]).toEqual([1, 'c'])
})
