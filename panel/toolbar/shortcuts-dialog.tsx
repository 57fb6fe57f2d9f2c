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
        { keys: [`${ctrl}E`], effect: 'Pause or resume recording' },
        { keys: [`${ctrl}L`, `${ctrl}K`], effect: 'Clear' },
        { keys: [`${ctrl}F`], effect: 'Focus the filter' },
        { keys: ['?'], effect: 'Show shortcuts' },
      ],
    },
    {
      title: 'Charts',
      shortcuts: [
        { keys: ['←', '→'], effect: 'Pan' },
        { keys: ['+', '−', '↑', '↓'], effect: 'Zoom in or out' },
        { keys: ['Home', 'End'], effect: 'Go to the start or end' },
        { keys: ['0', 'Esc'], effect: 'Reset zoom' },
      ],
    },
    {
      title: 'Filter',
      shortcuts: [
        { keys: ['↓', '↑'], effect: 'Select a suggestion' },
        { keys: ['Enter', 'Tab'], effect: 'Accept suggestion' },
        { keys: ['Esc'], effect: 'Close suggestions, clear, or leave' },
        { keys: [`${ctrl}Enter`], effect: 'Choose several kinds' },
      ],
    },
    {
      title: 'Tabs and tables',
      shortcuts: [
        { keys: ['←', '→'], effect: 'Go to another tab or column title' },
        { keys: ['Shift + ←', 'Shift + →'], effect: 'Resize column' },
        { keys: [`${ctrl}←`, `${ctrl}→`], effect: 'Move column' },
        { keys: ['Shift + F10', 'Menu'], effect: 'Open the menu of a column title, a row, or the selected point' },
        { keys: ['←', '→', '↑', '↓'], effect: 'Resize details or charts (on their edge)' },
        { keys: ['↓', '↑'], effect: 'Select next or previous' },
        { keys: ['PgDn', 'PgUp', 'Home', 'End'], effect: 'Page and jump' },
        { keys: ['Enter'], effect: 'Show operations of the group' },
        { keys: ['Esc'], effect: 'Clear selection' },
      ],
    },
  ]
}
