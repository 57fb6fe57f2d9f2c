import { expect, test } from 'vitest'
import { commandOf } from '../../../../panel/app/shortcuts.ts'

const press = (
  key: string,
  modifiers: Partial<Record<'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...modifiers,
})

test('uses Cmd on a Mac, and Ctrl elsewhere', () => {
  for (const [key, command] of [
    ['e', 'record'],
    ['l', 'clear'],
    ['K', 'clear'],
    ['f', 'filter'],
  ] as const) {
    expect(commandOf(press(key, { ctrlKey: true }), false, true)).toBe(command)
    expect(commandOf(press(key, { metaKey: true }), true, true)).toBe(command)
    expect(commandOf(press(key, { metaKey: true }), false, false)).toBeUndefined()
    expect(commandOf(press(key, { ctrlKey: true }), true, false)).toBeUndefined()
    expect(commandOf(press(key), false, false)).toBeUndefined()
    expect(commandOf(press(key, { ctrlKey: true, shiftKey: true }), false, false)).toBeUndefined()
    expect(commandOf(press(key, { ctrlKey: true, altKey: true }), false, false)).toBeUndefined()
  }
})

test('does not take a question mark for a shortcut in a text field', () => {
  expect(commandOf(press('?', { shiftKey: true }), false, false)).toBe('shortcuts')
  expect(commandOf(press('?', { shiftKey: true }), false, true)).toBeUndefined()
})
