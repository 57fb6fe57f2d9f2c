// Panel: what keys do in all of the tab. Touches no DOM.

export type Command = 'record' | 'clear' | 'filter' | 'shortcuts'

export interface Shortcut {
  keys: string[]
  does: string
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** What a key press means; undefined if nothing. @param typing whether it is typed into a field. */
export function commandOf(pressed: Pressed, mac: boolean, typing: boolean): Command | undefined {
  const { key, altKey, shiftKey } = pressed
  if (altKey) return undefined
  if (key === '?' && !pressed.ctrlKey && !pressed.metaKey) return typing ? undefined : 'shortcuts'
  const modifier = mac ? pressed.metaKey && !pressed.ctrlKey : pressed.ctrlKey && !pressed.metaKey
  if (!modifier || shiftKey) return undefined
  switch (key.toLowerCase()) {
    case 'e':
      return 'record'
    case 'l':
    case 'k':
      return 'clear'
    case 'f':
      return 'filter'
  }
  return undefined
}

/** All that the keyboard does, as the list of them tells it. */
export function shortcutsFor(mac: boolean): { title: string; shortcuts: Shortcut[] }[] {
  const ctrl = mac ? '⌘ ' : 'Ctrl + '
  return [
    {
      title: 'Everywhere',
      shortcuts: [
        { keys: [`${ctrl}E`], does: 'Record, or pause' },
        { keys: [`${ctrl}L`, `${ctrl}K`], does: 'Clear' },
        { keys: [`${ctrl}F`], does: 'Go to the filter' },
        { keys: ['?'], does: 'This list' },
      ],
    },
    {
      title: 'Charts',
      shortcuts: [
        { keys: ['←', '→'], does: 'Move the span of time that is shown' },
        { keys: ['+', '−', '↑', '↓'], does: 'Zoom in, or out' },
        { keys: ['Home', 'End'], does: 'Go to the session’s beginning, or end' },
        { keys: ['0', 'Esc'], does: 'Show all of it, and follow it' },
      ],
    },
    {
      title: 'Filter',
      shortcuts: [
        { keys: ['↓', '↑'], does: 'Go through the completions' },
        { keys: ['Enter', 'Tab'], does: 'Take one' },
        { keys: ['Esc'], does: 'Close them; then clear the filter; then leave it' },
      ],
    },
    {
      title: 'Tabs and lists',
      shortcuts: [
        { keys: ['←', '→'], does: 'Go to another tab, or another column’s title' },
        { keys: ['Shift + ←', 'Shift + →'], does: 'Make the column of a title wider, or narrower' },
        { keys: ['←', '→'], does: 'At the details’ edge: make them larger, or smaller' },
        { keys: ['↓', '↑'], does: 'Select the next or the previous' },
        { keys: ['Page ↓', 'Page ↑', 'Home', 'End'], does: 'Go further' },
        { keys: ['Enter'], does: 'Show a group’s operations alone' },
        { keys: ['Esc'], does: 'Select none, which closes the details' },
      ],
    },
  ]
}
