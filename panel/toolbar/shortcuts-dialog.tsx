// Panel: the list of what the keyboard does.
import { isMac } from '../app/shortcuts.ts'
import { Dialog } from '../kit/dialog.tsx'

export function ShortcutsDialog() {
  return (
    <Dialog name="shortcuts" title="Keyboard shortcuts">
      {shortcutsFor(isMac()).map(({ title, shortcuts }) => (
        <section key={title} class="shortcuts">
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map(key => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
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
  does: string
}

/** All that the keyboard does, as the list of them tells it. */
function shortcutsFor(mac: boolean): { title: string; shortcuts: Shortcut[] }[] {
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
