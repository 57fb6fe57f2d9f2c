// Panel: the list of what the keyboard does.
import { IS_MAC } from '../app/keyboard/listen.ts'
import { shortcutsFor } from '../app/keyboard/shortcuts.ts'
import { Dialog } from '../kit/dialog.tsx'

export function ShortcutsDialog() {
  return (
    <Dialog name="shortcuts" title="Keyboard shortcuts">
      {shortcutsFor(IS_MAC).map(({ title, shortcuts }) => (
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
