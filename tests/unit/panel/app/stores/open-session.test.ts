import { expect, test, vi } from 'vitest'
import { createSessionReading } from '../../../../../panel/app/stores/open-session.ts'
import { SLICE } from '../../../../../panel/kit/sliced-result.ts'

vi.stubGlobal('requestAnimationFrame', (call: () => void) => setTimeout(call))
vi.stubGlobal('cancelAnimationFrame', clearTimeout)

test('does not grow while it is held, whenever the hold starts', async () => {
  const reading = createSessionReading(0)
  let steps = 0
  const grown = reading.grow(function* () {
    for (; steps < 5; steps++) {
      const end = performance.now() + SLICE
      while (performance.now() < end);
      yield
    }
  })
  const held: number[] = []
  for (let i = 0; i < 3; i++) {
    // Like a click: in its own task between two slices.
    await new Promise(resolve => setTimeout(resolve))
    const release = reading.parts.hold()
    const before = steps
    for (let task = 0; task < 3; task++) await new Promise(resolve => setTimeout(resolve))
    held.push(steps - before)
    release()
  }
  expect(held).toEqual([0, 0, 0])
  await grown
  expect(steps).toBe(5)
  reading.stop()
})
