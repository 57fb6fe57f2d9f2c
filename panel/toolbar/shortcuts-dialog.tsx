// Panel: the list of keyboard shortcuts.
import { isMac } from '../app/shortcuts.ts'
import { Dialog } from '../kit/dialog.tsx'

export function ShortcutsDialog() {
  return (
    <Dialog name="shortcuts" title="Keyboard shortcuts">
      {shortcutsFor(isMac()).map(({ title, shortcuts }) => (
        <section key={title} class="shortcuts">
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ keys, effect }) => (
              <div key={effect}>
                <dt>
                  {keys.map(key => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{effect}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}

interface Shortcut {
  keys: string[]
  effect: string
}

function shortcutsFor(mac: boolean): { title: string; shortcuts: Shortcut[] }[] {
  const ctrl = mac ? '⌘ ' : 'Ctrl + '
  return [
    {
      title: 'Everywhere',
      shortcuts: [
        { keys: [`${ctrl}E`], effect: 'Record, or pause' },
        { keys: [`${ctrl}L`, `${ctrl}K`], effect: 'Clear' },
        { keys: [`${ctrl}F`], effect: 'Go to the filter' },
        { keys: ['?'], effect: 'This list' },
      ],
    },
    {
      title: 'Charts',
      shortcuts: [
        { keys: ['←', '→'], effect: 'Move the span of time that is shown' },
        { keys: ['+', '−', '↑', '↓'], effect: 'Zoom in, or out' },
        { keys: ['Home', 'End'], effect: 'Go to the session’s beginning, or end' },
        { keys: ['0', 'Esc'], effect: 'Show all of it, and follow it' },
      ],
    },
    {
      title: 'Filter',
      shortcuts: [
        { keys: ['↓', '↑'], effect: 'Go through the completions' },
        { keys: ['Enter', 'Tab'], effect: 'Take one' },
        { keys: ['Esc'], effect: 'Close them; then clear the filter; then leave it' },
      ],
    },
    {
      title: 'Tabs and lists',
      shortcuts: [
        { keys: ['←', '→'], effect: 'Go to another tab, or another column’s title' },
        { keys: ['Shift + ←', 'Shift + →'], effect: 'Make the column of a title wider, or narrower' },
        { keys: ['←', '→'], effect: 'At the details’ edge: make them larger, or smaller' },
        { keys: ['↓', '↑'], effect: 'Select the next or the previous' },
        { keys: ['Page ↓', 'Page ↑', 'Home', 'End'], effect: 'Go further' },
        { keys: ['Enter'], effect: 'Show a group’s operations alone' },
        { keys: ['Esc'], effect: 'Select none, which closes the details' },
      ],
    },
  ]
}
