import { expect, test } from 'vitest'
import { addShape } from '../../../../../panel/views/charts/draw-operations.ts'
import { KINDS } from '../../../../../wire/operations.ts'

/** Records the calls of a path. */
function recordedPath() {
  const calls: string[] = []
  const note =
    (name: string) =>
    (...numbers: number[]): void =>
      void calls.push(`${name} ${numbers.map(number => number.toFixed(1)).join(' ')}`)
  const path = { moveTo: note('move'), lineTo: note('line'), arc: note('arc'), rect: note('rect') }
  return { calls, path: path as unknown as Path2D }
}

test('gives fetch, xhr and custom operations their own shapes, and connections a common one', () => {
  const shapes = new Map<string, string[]>()
  for (const kind of KINDS) {
    const { calls, path } = recordedPath()
    addShape(path, kind, 10, 10, 3)
    const shape = calls.join(', ')
    shapes.set(shape, [...(shapes.get(shape) ?? []), kind])
  }
  const together = [...shapes.values()].map(kinds => kinds.toSorted().join(' '))
  expect(together.toSorted()).toEqual(['beacon eventsource stream websocket', 'custom', 'fetch', 'xhr'])
})
