// Panel: what is to be known about the whole tab, under the toolbar.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { usePanel } from './panel-context.ts'

export function Infobars() {
  const { store, exporter } = usePanel()
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
      {exporter.problem.value && (
        <p class="infobar" role="alert">
          {exporter.problem.value}
        </p>
      )}
      <Progress
        what="Opening the session"
        share={store.progress.value}
        onCancel={() => store.close(store.shown.peek())}
      />
      <Progress what="Exporting the session" share={exporter.progress.value} onCancel={exporter.cancel} />
    </div>
  )
}

/** Milliseconds of work that need no mention. */
const UNNOTICED = 200

interface ProgressProps {
  what: string
  share: number
  onCancel(): void
}

function Progress({ share, ...props }: Omit<ProgressProps, 'share'> & { share: number | null }) {
  return share === null ? null : <LateProgress share={share} {...props} />
}

function LateProgress({ what, share, onCancel }: ProgressProps) {
  const { figures } = usePanel()
  const shown = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      shown.value = true
    }, UNNOTICED)
    return () => clearTimeout(timer)
  }, [shown])
  if (!shown.value) return null
  return (
    <div class="infobar progress">
      <label>
        {what}… <progress value={share} /> {figures.percent(Math.floor(share * 100) / 100)}
      </label>
      <button type="button" class="action" onClick={onCancel}>
        Cancel
      </button>
    </div>
  )
}
