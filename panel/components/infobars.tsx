// Panel: what is to be known about the whole tab, under the toolbar.
import { usePanel } from './panel-context.ts'

export function Infobars() {
  const { store } = usePanel()
  return (
    <div class="infobars">
      {store.live.connection.value === 'disconnected' && (
        <p class="infobar" role="alert">
          The extension was reloaded or updated, so nothing more arrives here. Close DevTools and open it again.
        </p>
      )}
      {store.full.value && (
        <p class="infobar" role="alert">
          The browser has no space left for Perf, so nothing more is stored. What was stored is kept. Delete stored
          sessions, or free space on the disk.
        </p>
      )}
      <ReadingProgress />
    </div>
  )
}

/** How much of the session that is being opened has been read. */
function ReadingProgress() {
  const { store, figures } = usePanel()
  const share = store.progress.value
  if (share === null) return null
  return (
    <p class="infobar progress">
      <label>
        Opening the session… <progress value={share} /> {figures.percent(Math.floor(share * 100) / 100)}
      </label>
      <button type="button" class="action" onClick={() => store.show(store.live)}>
        Cancel
      </button>
    </p>
  )
}
