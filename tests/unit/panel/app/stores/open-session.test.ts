import { expect, test, vi } from 'vitest'
import { createGrowingSession } from '../../../../../panel/app/stores/open-session.ts'
import { SLICE } from '../../../../../panel/kit/sliced-result.ts'

vi.stubGlobal('requestAnimationFrame', (call: () => void) => setTimeout(call))
vi.stubGlobal('cancelAnimationFrame', clearTimeout)

test('who holds the session finds it as it was until it lets go, whenever it takes hold', async () => {
  const growing = createGrowingSession(0)
  let steps = 0
  const grown = growing.grow(function* () {
    for (; steps < 5; steps++) {
      const end = performance.now() + SLICE
      while (performance.now() < end);
      yield
    }
  })
  const held: number[] = []
  for (let i = 0; i < 3; i++) {
    // As a click comes: in a task of its own, between two slices.
    await new Promise(resolve => setTimeout(resolve))
    const release = growing.hold()
    const before = steps
    for (let task = 0; task < 3; task++) await new Promise(resolve => setTimeout(resolve))
    held.push(steps - before)
    release()
  }
  expect(held).toEqual([0, 0, 0])
  await grown
  expect(steps).toBe(5)
  growing.stop()
})
