import { signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { createSlicedResult } from '../../../../panel/kit/sliced-result.ts'

/** Work that takes this many slices, as each step takes longer than one. */
function* spin(slices: number): Generator<void, void> {
  for (let i = 0; i < slices; i++) {
    const end = performance.now() + 10
    while (performance.now() < end);
    yield
  }
}

test('does small work synchronously, and again when its inputs change', () => {
  const input = signal(2)
  const version = signal(0)
  const { result, working, stop } = createSlicedResult({
    inputs: () => input.value,
    version,
    *work(n: number) {
      yield
      return n * n
    },
    initial: 0,
  })
  expect(result.value).toBe(4)
  input.value = 3
  expect(result.value).toBe(9)
  expect(working.value).toBe(false)
  stop()
  input.value = 4
  expect(result.value).toBe(9)
})

test('throws away unfinished work when its inputs change', async () => {
  const input = signal('first')
  const finished: string[] = []
  const { result, working, stop } = createSlicedResult({
    inputs: () => input.value,
    version: signal(0),
    *work(name: string) {
      yield* spin(name === 'first' ? 20 : 1)
      finished.push(name)
      return name
    },
    initial: '',
  })
  expect(working.value).toBe(true)
  input.value = 'second'
  await vi.waitFor(() => expect(result.value).toBe('second'))
  expect(finished).toEqual(['second'])
  stop()
})

test('waits for inputs that keep changing if a pass is long', async () => {
  const input = signal(0)
  const begun: number[] = []
  const { result, stop } = createSlicedResult({
    inputs: () => input.value,
    version: signal(0),
    *work(n: number) {
      begun.push(n)
      yield* spin(2)
      return n
    },
    initial: -1,
  })
  await vi.waitFor(() => expect(result.value).toBe(0))
  for (let n = 1; n <= 20; n++) input.value = n
  await vi.waitFor(() => expect(result.value).toBe(20))
  expect(begun).toEqual([0, 20])
  stop()
})

test('finishes its work when the session grows, and then starts again after a pause', async () => {
  const version = signal(0)
  let runs = 0
  const { result, stop } = createSlicedResult({
    inputs: () => 'same',
    version,
    *work() {
      const begun = version.peek()
      runs++
      yield* spin(3)
      return begun
    },
    initial: -1,
  })
  version.value = 1
  await vi.waitFor(() => expect(result.value).toBe(0))
  version.value = 2
  expect(runs).toBe(1)
  await vi.waitFor(() => expect(result.value).toBe(2), { timeout: 5_000 })
  expect(runs).toBe(2)
  stop()
})
