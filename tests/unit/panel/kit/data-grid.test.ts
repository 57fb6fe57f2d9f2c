import { expect, test } from 'vitest'
import { moveSelection } from '../../../../panel/kit/data-grid.ts'

const press = (key: string, current: number | null, count = 10): number | null | undefined =>
  moveSelection({ key, altKey: false, ctrlKey: false, metaKey: false }, current, count, 4)

test.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 3, 2],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 7],
  ['PageUp', 3, 0],
  ['Home', 3, 0],
  ['End', 3, 9],
  ['Escape', 3, null],
])('%s at %d goes to %s', (key, current, next) => {
  expect(press(key, current)).toBe(next)
})

test.each([
  ['ArrowDown', 0],
  ['ArrowUp', 9],
  ['Home', 0],
  ['End', 9],
])('%s enters the list at %d', (key, next) => {
  expect(press(key, null)).toBe(next)
})

test('ignores other keys, shortcuts and an empty list', () => {
  expect(press('a', 3)).toBeUndefined()
  expect(press('Escape', null)).toBeUndefined()
  expect(press('ArrowDown', null, 0)).toBeUndefined()
  const shortcut = { key: 'ArrowDown', altKey: false, ctrlKey: true, metaKey: false }
  expect(moveSelection(shortcut, 3, 10, 4)).toBeUndefined()
})
