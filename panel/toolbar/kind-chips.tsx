// Panel: the kinds of operations that are shown, as buttons in the toolbar.
import { usePanel } from '../app/panel-context.ts'
import type { KindGroup } from '../app/stores/filter-store.ts'

const CHIPS: readonly [group: KindGroup, name: string, title: string][] = [
  ['requests', 'Fetch/XHR', 'fetch and XMLHttpRequest'],
  ['connections', 'Sockets', 'WebSockets, event sources and streamed responses'],
  ['custom', 'Custom', 'Operations that the page tracks itself'],
  [
    'other',
    'Other',
    'Beacons, and requests that are no operations: documents, scripts, styles, images, and those of workers',
  ],
]

/** A click shows one kind, with Control or Command several. */
export function KindChips() {
  const { kinds } = usePanel().filter
  const shown = kinds.value
  const choose = (group: KindGroup, several: boolean): void => {
    const chosen = new Set(several ? shown : [])
    // A second click on the only one shows all again.
    if (shown.has(group) && (several || shown.size === 1)) chosen.delete(group)
    else chosen.add(group)
    kinds.value = chosen
  }
  return (
    <fieldset class="kind-chips" aria-label="Kinds">
      <button
        type="button"
        class="chip"
        aria-pressed={shown.size === 0}
        title="All operations: every kind but requests that are none, such as documents and scripts"
        onClick={() => {
          kinds.value = new Set()
        }}
      >
        All
      </button>
      {CHIPS.map(([group, name, title]) => (
        <button
          key={group}
          type="button"
          class="chip"
          aria-pressed={shown.has(group)}
          title={`${title} (Ctrl or ⌘ to choose several)`}
          onClick={event => choose(group, event.ctrlKey || event.metaKey)}
          onKeyDown={event => {
            // With these keys, Enter clicks no button.
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            choose(group, true)
          }}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
