import { expect, test } from 'vitest'
import { createQueue, type Linked } from '../../../injected/queue.ts'

test('gives out what came first, and can be filled again', () => {
  interface Item extends Linked<Item> {
    name: string
  }
  const queue = createQueue<Item>()
  const add = (name: string): void => queue.add({ name, next: undefined })
  const take = (): string | undefined => queue.take()?.name
  expect(queue.take()).toBeUndefined()
  add('a')
  add('b')
  expect(queue.length).toBe(2)
  expect([take(), take(), take()]).toEqual(['a', 'b', undefined])
  expect(queue.length).toBe(0)
  add('c')
  expect([queue.length, take()]).toEqual([1, 'c'])
})
