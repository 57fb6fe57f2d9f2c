// Panel: the infobars below the toolbar: messages about the whole tab, and progress.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { accessText } from '../../model/text/access-text.ts'
import { Action } from '../kit/buttons.tsx'
import { AllowSite } from './notice.tsx'
import { usePanel } from './panel-context.ts'

export function Infobars() {
  const { store, exporter, dialog } = usePanel()
  return (
    <div class="infobars">
      {store.live.connection.value === 'disconnected' && (
        <p class="infobar" role="alert">
          The extension was reloaded or updated, so nothing more arrives here. Reload this tab, or close DevTools and
          open it again. <Action onClick={() => location.reload()}>Reload Perf</Action>
        </p>
      )}
      <ReadOnly />
      <CrashedPage />
      <LostStorage />
      <ClosedPage />
      {store.full.value && (
        <p class="infobar" role="alert">
          The browser has no space left for Perf, so nothing more is stored. What was stored is kept. Delete stored
          sessions, or free space on the disk.
        </p>
      )}
      {store.info.value?.limitReached && !store.readOnly.value && (
        <p class="infobar" role="alert">
          Recording stopped: this session has reached its storage limit. Clear it to continue, or raise the storage
          limit in Settings and resume recording.
        </p>
      )}
      {store.live.unreadable.value && (
        <p class="infobar" role="alert">
          The session cannot be read now, and is tried again each second: {store.live.unreadable.value}
        </p>
      )}
      {store.live.refused.value && (
        <p class="infobar" role="alert">
          {store.live.refused.value}
        </p>
      )}
      {/* The settings dialog shows it itself: while a modal dialog is open, screen readers ignore everything else. */}
      {dialog.value !== 'settings' && <SettingsProblem />}
      {exporter.problem.value && (
        <p class="infobar" role="alert">
          {exporter.problem.value}
        </p>
      )}
      <Progress
        what="Opening the session"
        share={store.progress.value}
        onCancel={store.readOnly.value ? () => store.close(store.shown.peek()) : undefined}
      />
      <Progress what="Exporting the session" share={exporter.progress.value} onCancel={exporter.cancel} />
    </div>
  )
}

export function SettingsProblem() {
  const problem = usePanel().settings.problem.value
  if (!problem) return null
  return (
    <p class="infobar" role="alert">
      What you have set could not be stored: {problem}
    </p>
  )
}

/** Which session is shown instead of the live one, and the way back. */
function ReadOnly() {
  const { store, formatters } = usePanel()
  if (!store.readOnly.value || store.connection.value !== 'ready') return null
  return (
    <p class="infobar quiet">
      <span class="session-label">
        <b>{store.shown.value.name}</b> · recorded {formatters.date(store.session.value.createdAt)} · read-only
      </span>
      <Action onClick={() => store.show(store.live)}>Show the live session</Action>
    </p>
  )
}

function CrashedPage() {
  const { store, reloadPage } = usePanel()
  store.version.value
  if (!store.session.value.crashed || store.readOnly.value) return null
  return (
    <p class="infobar" role="alert">
      The page crashed. What it recorded in its last moments is missing; all before that is kept. Reload the page to
      record on. <Action onClick={reloadPage}>Reload page</Action>
    </p>
  )
}

function LostStorage() {
  const { store } = usePanel()
  store.version.value
  if (!store.session.value.storageLost || store.readOnly.value) return null
  return (
    <p class="infobar" role="alert">
      The browser has lost what was stored of this tab’s session. Recording goes on in this new one.
    </p>
  )
}

/** The current page cannot be recorded. The list shows what was recorded before. */
function ClosedPage() {
  const { store, page } = usePanel()
  store.version.value
  const access = page.access.value
  if (access.open || store.readOnly.value || store.session.value.operations.length === 0) return null
  const { title, advice } = accessText(access.reason, access.said)
  return (
    <p class="infobar quiet" role="status">
      {title}. {advice} {page.withheld.value && <AllowSite {...page.withheld.value} />}
    </p>
  )
}

/** Milliseconds: progress of shorter work is not shown. */
const PROGRESS_DELAY = 200

interface ProgressProps {
  what: string
  share: number
  /** Undefined if the work cannot be cancelled. */
  onCancel: (() => void) | undefined
}

function Progress({ share, ...props }: Omit<ProgressProps, 'share'> & { share: number | null }) {
  return share === null ? null : <LateProgress share={share} {...props} />
}

function LateProgress({ what, share, onCancel }: ProgressProps) {
  const { formatters } = usePanel()
  const shown = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      shown.value = true
    }, PROGRESS_DELAY)
    return () => clearTimeout(timer)
  }, [shown])
  if (!shown.value) return null
  return (
    <div class="infobar progress">
      <label>
        {what}… <progress value={share} /> {formatters.percent(Math.floor(share * 100) / 100)}
      </label>
      {onCancel && <Action onClick={onCancel}>Cancel</Action>}
    </div>
  )
}
